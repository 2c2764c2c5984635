/** What a whole site has seen: evidence that no single address gives away, and the campaigns it shows. */
@NullMarked
package bailiff.evidence.site;

import org.jspecify.annotations.NullMarked;
