package bailiff.net;

/** A set of addresses, 28 bytes for each. Not thread-safe. */
public final class AddressSet {

    private final AddressTable table;

    /**
     * An empty set.
     *
     * @param seed as in {@link AddressTable}
     */
    public AddressSet(long seed) {
        table = new AddressTable(0, seed);
    }

    /** Adds the address; whether it was not there before. */
    public boolean add(IpAddress address) {
        Cidr alone = address.alone();
        boolean isNew = table.find(alone) == AddressTable.NONE;
        if (isNew) {
            table.add(alone);
        }
        return isNew;
    }

    /** How many addresses there are. */
    public int size() {
        return table.size();
    }
}
