/** Bailiff as its users run it: the real program, the real kernel, a real web server and real visitors. */
@NullMarked
package bailiff.acceptance;

import org.jspecify.annotations.NullMarked;
