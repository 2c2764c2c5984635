package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How many different sources there were, in a kilobyte however many they are: exactly up to {@value #EXACT}, then within
 * a few percent. Two of them make one, as if all sources had been added to it.
 *
 * <p>Only ever told to people, since who chooses his addresses can make it err. Not thread-safe.
 */
final class Cardinality {

    /*
     * HyperLogLog (Flajolet, Fusy, Gandouet, Meunier, 2007) with linear counting where registers are still empty: the
     * standard error is 1.04 / sqrt(REGISTERS), 3.3 %. The hash must be the same in all processes, or two could not be
     * joined.
     */

    /** Sources kept as they are. */
    static final int EXACT = 128;

    private static final int BITS = 10;
    private static final int REGISTERS = 1 << BITS;

    /** Flajolet's constant for so many registers. */
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    /** Up to this multiple of the registers empty ones tell more than full ones. */
    private static final double LINEAR = 2.5;

    /** The values of a register: as many as the hash has bits left, and one. */
    private static final int MOST = Long.SIZE - BITS + 1;

    private long[] few = {};
    private byte @Nullable [] registers;

    void add(Cidr source) {
        add(hash(source.first()));
    }

    private void add(long hash) {
        if (registers != null) {
            raise(registers, hash);
            return;
        }
        int at = Arrays.binarySearch(few, hash);
        if (at >= 0) {
            return;
        }
        long[] more = Arrays.copyOf(few, few.length + 1);
        System.arraycopy(few, -at - 1, more, -at, few.length + at + 1);
        more[-at - 1] = hash;
        few = more;
        if (few.length > EXACT) {
            dense();
        }
    }

    private byte[] dense() {
        byte[] made = registers == null ? new byte[REGISTERS] : registers;
        for (long hash : few) {
            raise(made, hash);
        }
        few = new long[0];
        registers = made;
        return made;
    }

    private static void raise(byte[] registers, long hash) {
        int register = (int) (hash >>> (Long.SIZE - BITS));
        int rank = Math.min(MOST, Long.numberOfLeadingZeros(hash << BITS) + 1);
        registers[register] = (byte) Math.max(registers[register], rank);
    }

    long count() {
        if (registers == null) {
            return few.length;
        }
        double sum = 0;
        int empty = 0;
        for (byte rank : registers) {
            sum += Math.scalb(1.0, -rank);
            empty += rank == 0 ? 1 : 0;
        }
        double raw = ALPHA * REGISTERS * REGISTERS / sum;
        boolean linear = raw <= LINEAR * REGISTERS && empty > 0;
        return Math.round(linear ? REGISTERS * Math.log((double) REGISTERS / empty) : raw);
    }

    /** What it takes. */
    int bytes() {
        return registers == null ? few.length * Long.BYTES : REGISTERS;
    }

    /** Adds all sources of the other. */
    void merge(Cardinality other) {
        if (other.registers == null) {
            for (long hash : other.few) {
                add(hash);
            }
            return;
        }
        byte[] mine = dense();
        for (int i = 0; i < REGISTERS; i++) {
            mine[i] = (byte) Math.max(mine[i], other.registers[i]);
        }
    }

    /** Stafford's thirteenth mixer, as in java.util.SplittableRandom. */
    private static long hash(IpAddress address) {
        long hash = address.high() * 0x9e3779b97f4a7c15L ^ address.low();
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(registers == null ? few.length : -1);
        if (registers != null) {
            out.write(registers);
        }
        for (long hash : few) {
            out.writeLong(hash);
        }
    }

    static Cardinality read(DataInput in) throws IOException {
        Cardinality read = new Cardinality();
        int size = in.readInt();
        if (size < -1 || size > EXACT) {
            throw new IOException("no sources are " + size);
        }
        if (size < 0) {
            byte[] registers = new byte[REGISTERS];
            in.readFully(registers);
            for (int i = 0; i < REGISTERS; i++) {
                registers[i] = (byte) Math.clamp(registers[i], 0, MOST);
            }
            read.registers = registers;
        }
        for (int i = 0; i < size; i++) {
            read.add(in.readLong());
        }
        return read;
    }
}
