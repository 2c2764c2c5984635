/** Where log messages go: standard error, in the form that a terminal or the systemd journal wants. */
@NullMarked
package bailiff.log;

import org.jspecify.annotations.NullMarked;
