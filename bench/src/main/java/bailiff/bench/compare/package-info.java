/** Bailiff and its peers over the same logs, as whole processes, in one run. */
@NullMarked
package bailiff.bench.compare;

import org.jspecify.annotations.NullMarked;
