/** What the engine's inner steps cost when they are warm, each alone, under JMH. */
@NullMarked
package bailiff.bench.kernels;

import org.jspecify.annotations.NullMarked;
