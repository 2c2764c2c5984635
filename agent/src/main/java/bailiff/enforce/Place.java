package bailiff.enforce;

import bailiff.net.Cidr;

/** Where a change takes effect: two changes of the same place replace each other. */
record Place(String jail, Cidr subject) {

    static Place of(Change change) {
        return new Place(change.jail(), change.subject());
    }
}
