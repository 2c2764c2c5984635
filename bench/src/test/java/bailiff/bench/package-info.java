/** What the measurements' own arithmetic and reading must get right. */
@NullMarked
package bailiff.bench;

import org.jspecify.annotations.NullMarked;
