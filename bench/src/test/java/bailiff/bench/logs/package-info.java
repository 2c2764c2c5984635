/** What the measurements stand on: that the made-up logs are what they claim to be. */
@NullMarked
package bailiff.bench.logs;

import org.jspecify.annotations.NullMarked;
