package bailiff.acceptance;

import java.util.regex.Pattern;

/**
 * What some visitors do, of whom we know what they are.
 *
 * @param name what a test that fails says
 * @param truth what the visitors are
 * @param told what must stand in a line of the log for each of their requests that the site answered
 * @param deed what they do; of honest visitors it fails when they do not get what they came for
 */
record Burst(String name, Truth truth, Pattern told, Deed deed) {

    /** What somebody is. */
    enum Truth {
        /** Must be reported, and may be banned. */
        ATTACK,
        /** The same, and comes again: must not get as far as a password. */
        RETURNING_ATTACK,
        /** Must neither be refused nor banned. */
        HONEST
    }

    /** What visitors do. */
    @FunctionalInterface
    interface Deed {
        /** Does it by guests whom the scene has. */
        void by(Scene scene);
    }

    static Burst attack(String name, Pattern told, Deed deed) {
        return new Burst(name, Truth.ATTACK, told, deed);
    }

    static Burst returning(String name, Deed deed) {
        return new Burst(name, Truth.RETURNING_ATTACK, Telling.REFUSED, deed);
    }

    static Burst honest(String name, Deed deed) {
        return new Burst(name, Truth.HONEST, Pattern.compile(""), deed);
    }

    /** The same, by other visitors and another way. */
    Burst called(String otherName) {
        return new Burst(otherName, truth, told, deed);
    }

    @Override
    public String toString() {
        return name;
    }
}
