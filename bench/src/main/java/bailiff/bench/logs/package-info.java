/** Synthetic logs: the same arguments give the same bytes, on every machine. */
@NullMarked
package bailiff.bench.logs;

import org.jspecify.annotations.NullMarked;
