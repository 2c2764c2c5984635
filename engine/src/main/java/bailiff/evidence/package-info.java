/** What has been seen of an address, and whether it is enough: a sighting becomes a verdict. */
@NullMarked
package bailiff.evidence;

import org.jspecify.annotations.NullMarked;
