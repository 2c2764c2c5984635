/** The Unix sockets on which the guard answers: who comes in, how many at once, and for how long they are waited for. */
@NullMarked
package bailiff.door;

import org.jspecify.annotations.NullMarked;
