package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who came from one network or operator: cold sources that failed, and visitors.
 *
 * <p>Not thread-safe.
 */
final class Neighbours {

    /** Failing sources kept. */
    private static final int SOURCES = 64;

    /** In seconds: addresses change hands, and an old failure says nothing of who has them now. */
    private static final long LASTS = 30 * 86_400L;

    private final TreeMap<Cidr, Long> failing = new TreeMap<>();
    private double visitors;
    private boolean hasSuccess;

    void failed(Cidr source, long now) {
        if (failing.size() >= SOURCES && !failing.containsKey(source)) {
            forget(now);
        }
        if (failing.size() < SOURCES || failing.containsKey(source)) {
            failing.merge(source, now, Math::max);
        }
    }

    /** How many sources failed in the last 30 days; at most {@value #SOURCES}. */
    int failing(long now) {
        forget(now);
        return failing.size();
    }

    private void forget(long now) {
        failing.values().removeIf(last -> now - last > LASTS);
    }

    void visited() {
        visitors++;
    }

    double visitors() {
        return visitors;
    }

    /** Forgets that share of the visitors. */
    void fade(double share) {
        visitors *= 1 - share;
    }

    void succeeded() {
        hasSuccess = true;
    }

    boolean hasSuccess() {
        return hasSuccess;
    }

    /** In entries. */
    int size() {
        return 1 + failing.size();
    }

    void merge(Neighbours other) {
        other.failing.forEach(this::failed);
        visitors += other.visitors;
        hasSuccess |= other.hasSuccess;
    }

    void write(DataOutput out) throws IOException {
        out.writeDouble(visitors);
        out.writeBoolean(hasSuccess);
        out.writeByte(failing.size());
        for (Map.Entry<Cidr, Long> source : failing.entrySet()) {
            Saved.network(out, source.getKey());
            out.writeLong(source.getValue());
        }
    }

    static Neighbours read(DataInput in) throws IOException {
        Neighbours read = new Neighbours();
        read.visitors = Math.max(0, Saved.number(in));
        read.hasSuccess = in.readBoolean();
        int size = in.readUnsignedByte();
        for (int i = 0; i < size; i++) {
            read.failed(Saved.network(in), in.readLong());
        }
        return read;
    }
}
