package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How values and tables are written, so that evidence outlives its process. */
final class Saved {

    /** Writes one entry. */
    interface Writer<K, V> {
        void write(DataOutput out, K key, V value) throws IOException;
    }

    /** Reads one entry into the table. */
    interface Reader {
        void read(DataInput in) throws IOException;
    }

    private Saved() {}

    static void network(DataOutput out, Cidr network) throws IOException {
        out.writeLong(network.first().high());
        out.writeLong(network.first().low());
        out.writeByte(network.length());
    }

    static Cidr network(DataInput in) throws IOException {
        IpAddress first = new IpAddress(in.readLong(), in.readLong());
        int length = in.readUnsignedByte();
        if (length > first.width()) {
            throw new IOException("no network has " + length + " bits");
        }
        return first.prefix(length);
    }

    /** Writes the entries, from the one out of use for longest on. */
    static <K extends Comparable<? super K>, V> void table(DataOutput out, Recent<K, V> table, Writer<K, V> writer)
            throws IOException {
        out.writeInt(table.size());
        for (var entry : table.entries().entrySet()) {
            writer.write(out, entry.getKey(), entry.getValue());
        }
    }

    /** Reads as many entries as were written; never more than the table has room for. */
    static void table(DataInput in, int room, Reader reader) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > room) {
            throw new IOException("no table has " + size + " entries");
        }
        for (int i = 0; i < size; i++) {
            reader.read(in);
        }
    }

    /** The one of those that has the name which was written. */
    static <T extends Enum<T>> T of(T[] values, DataInput in) throws IOException {
        String name = in.readUTF();
        for (T value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        throw new IOException("none is called so");
    }

    /** A finite number; whatever else was written there is damage. */
    static double number(DataInput in) throws IOException {
        double number = in.readDouble();
        if (!Double.isFinite(number)) {
            throw new IOException("no evidence is " + number);
        }
        return number;
    }
}
