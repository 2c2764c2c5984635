/** A site under attack, guarded: what a newcomer runs first. The guard is the real one; only the site is a toy. */
@NullMarked
package bailiff.demo;

import org.jspecify.annotations.NullMarked;
