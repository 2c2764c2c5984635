/** Makes bans real: the packet filter that drops what banned addresses send, and the thread that keeps it so. */
@NullMarked
package bailiff.enforce;

import org.jspecify.annotations.NullMarked;
