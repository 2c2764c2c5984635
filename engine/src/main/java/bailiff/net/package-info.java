/** Internet addresses and prefixes, parsed strictly and without ever asking a name server. */
@NullMarked
package bailiff.net;

import org.jspecify.annotations.NullMarked;
