package bailiff.evidence;

/**
 * What a jail's tables need from outside.
 *
 * @param seed a number that nobody who is blamed can know: it keeps them from choosing addresses that are slow to look
 *     up; no decision depends on it
 * @param allowance room for sources beyond those that each jail has for certain
 */
public record Room(long seed, Allowance allowance) {

    /**
     * Room for sources that jails share, so that one under attack may have much of it and all together stay within
     * memory. Asked by the threads of all jails that share it.
     */
    public interface Allowance {

        /** Asks for room for so many more sources; whether it is given. */
        boolean take(int sources);

        /** Gives room back that was taken. */
        void giveBack(int sources);
    }

    /** For a jail that shares with nobody. */
    public static Room alone(long seed) {
        return new Room(seed, new Allowance() {
            @Override
            public boolean take(int sources) {
                return true;
            }

            @Override
            public void giveBack(int sources) {}
        });
    }
}
