package bailiff.evidence.site;

import bailiff.net.IpAddress;

/** Which operator of networks (an autonomous system) has an address, by an offline table. Pure, and quick: it is asked often. */
@FunctionalInterface
public interface Operators {

    /** Where there is no table. */
    Operators UNTOLD = _ -> 0;

    /** The number of the autonomous system; 0 where it is not known. */
    int of(IpAddress address);
}
