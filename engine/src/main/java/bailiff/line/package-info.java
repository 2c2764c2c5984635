/** One line of a log, and the time that it carries. */
@NullMarked
package bailiff.line;

import org.jspecify.annotations.NullMarked;
