/** Bailiff: keeps a WordPress site's doors open for the people who use them and shut for those who attack them. */
@NullMarked
package bailiff;

import org.jspecify.annotations.NullMarked;
