/** Where lines come from: logs that are followed as they grow, and past ones. */
@NullMarked
package bailiff.source;

import org.jspecify.annotations.NullMarked;
