/** What the measurements stand on: the arithmetic, and the reading of what programs print. */
@NullMarked
package bailiff.bench.compare;

import org.jspecify.annotations.NullMarked;
