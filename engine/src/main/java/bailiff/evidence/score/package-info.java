/** How good rules are: the evidence of a site beside the classic rules, on the same past requests. */
@NullMarked
package bailiff.evidence.score;

import org.jspecify.annotations.NullMarked;
