/** Who is banned, since when and for how long: a verdict becomes a ban. */
@NullMarked
package bailiff.ban;

import org.jspecify.annotations.NullMarked;
