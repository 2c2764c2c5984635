/**
 * The guard's Unix sockets and their names in the file system: who comes in, how many at once, and for how long they are
 * waited for.
 */
@NullMarked
package bailiff.door;

import org.jspecify.annotations.NullMarked;
