/** The commands that an administrator types. */
@NullMarked
package bailiff.cli;

import org.jspecify.annotations.NullMarked;
