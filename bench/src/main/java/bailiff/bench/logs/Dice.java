package bailiff.bench.logs;

/**
 * Chance that is the same each time: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators,
 * 2014), written out here so that no later Java changes the logs. Not thread-safe.
 */
final class Dice {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    /** Dice that fall as that number says. */
    Dice(long seed) {
        this.state = seed;
    }

    /** Any 64 bits. */
    long next() {
        state += STEP;
        return mix(state);
    }

    /** Scrambles 64 bits so that neighbours have nothing in common; no two numbers give the same. */
    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number from 0 to below the bound, which is positive. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** A number from 0 to below 1. */
    double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }
}
