/** fail2ban's wire: Python's pickles of plain values over a Unix socket, so that fail2ban's own clients can ask. */
@NullMarked
package bailiff.wire;

import org.jspecify.annotations.NullMarked;
