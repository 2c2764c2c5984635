/** Where lines come from: log files, followed through rotation, truncation and restart so that each line is read once. */
@NullMarked
package bailiff.source;

import org.jspecify.annotations.NullMarked;
