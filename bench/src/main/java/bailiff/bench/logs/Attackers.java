package bailiff.bench.logs;

/**
 * The addresses that an attack comes from.
 *
 * <p>Every second line is the next address in turn, as of a botnet that spreads its guesses, so that twice as many
 * lines as addresses show them all; the lines between are drawn with a heavy tail (of 10,000 addresses the busiest has
 * a twentieth of them), as of the few that insist. IPv4 addresses lie in 100.64.0.0/10, IPv6 ones each in a /64 of its
 * own below 2001:db8::/32: both belong to nobody on the internet. Not thread-safe.
 */
final class Attackers implements Part {

    /** So many addresses has 100.64.0.0/10. */
    static final int MOST = 1 << 22;

    private static final byte[] SIX = {'2', '0', '0', '1', ':', 'd', 'b', '8', ':'};
    private static final byte[] COLONS = {':', ':'};

    private final int addresses;
    private final int sixes;
    private final int key;
    private int turn;
    private boolean insisting;

    /** So many addresses, at least one, of which the given share, 0 to 1, is IPv6. */
    Attackers(int addresses, double ipv6, long seed) {
        if (addresses < 1 || addresses > MOST) {
            throw new IllegalArgumentException("There are 1 to " + MOST + " addresses, not " + addresses + ".");
        }
        this.addresses = addresses;
        this.sixes = (int) Math.round(ipv6 * 1_000);
        this.key = (int) Dice.mix(seed);
    }

    @Override
    public void write(LineBytes line, Dice dice) {
        int number = insisting ? drawn(dice) : turn;
        if (!insisting) {
            turn = (turn + 1) % addresses;
        }
        insisting = !insisting;
        address(line, number);
    }

    private int drawn(Dice dice) {
        double fraction = dice.fraction();
        return (int) (addresses * fraction * fraction * fraction);
    }

    private void address(LineBytes line, int number) {
        // The thousandth part decides, not chance, so that an address is always of one kind.
        if (Math.floorMod(number * 619L, 1_000) < sixes) {
            int network = scattered(number, 32);
            line.add(SIX);
            line.hex(network >>> 16);
            line.add(':');
            line.hex(network & 0xFFFF);
            line.add(COLONS);
            line.hex(1 + (number & 0xFF));
        } else {
            line.address(0x6440_0000 | scattered(number, 22));
        }
    }

    /** Neighbours far from each other, and no two the same: each step can be undone within so many bits. */
    private int scattered(int number, int bits) {
        int mask = bits == 32 ? -1 : (1 << bits) - 1;
        int mixed = (number ^ key) & mask;
        for (int round = 0; round < 3; round++) {
            mixed = (mixed * 0x2C1B_3C6D) & mask;
            mixed ^= mixed >>> (bits / 2);
        }
        return mixed;
    }
}
