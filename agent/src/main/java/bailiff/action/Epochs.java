package bailiff.action;

/** Counts how often the surroundings of a jail's actions were found broken. Not thread-safe: the jail's actions own it. */
final class Epochs {

    private int epoch;

    int next() {
        return ++epoch;
    }

    int now() {
        return epoch;
    }
}
