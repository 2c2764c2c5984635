/** Does a ban work here, and do the traps fire? Asks the guard, and knocks at the owner's own site. */
@NullMarked
package bailiff.doctor;

import org.jspecify.annotations.NullMarked;
