/** Whole processes side by side: how soon a ban is in the kernel, and how much memory an idle guard holds. */
@NullMarked
package bailiff.bench;

import org.jspecify.annotations.NullMarked;
