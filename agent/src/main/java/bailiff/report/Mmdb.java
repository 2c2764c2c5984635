package bailiff.report;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file in the MaxMind DB format, version 2 (maxmind.github.io/MaxMind-DB), as MaxMind, DB-IP, IPinfo and IPFire make them.
 * Immutable.
 */
final class Mmdb implements GeoFiles.GeoFile {

    /* The file may be damaged or made to hurt: depth and elements are bounded, and what lies outside of it is thrown as
     * IndexOutOfBoundsException, which whoever asks takes for "not known". */

    private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(StandardCharsets.ISO_8859_1);
    private static final int LONGEST_METADATA = 128 << 10;
    private static final int SEPARATOR = 16;
    private static final int DEEPEST = 16;
    private static final int MOST_ELEMENTS = 1_024;

    private final byte[] file;
    private final int nodes;
    private final int recordBits;
    private final boolean v6;
    private final int data;
    private final Instant made;

    private Mmdb(byte[] file, int nodes, int recordBits, boolean v6, Instant made) {
        this.file = file;
        this.nodes = nodes;
        this.recordBits = recordBits;
        this.v6 = v6;
        this.data = Math.addExact(Math.multiplyExact(nodes, recordBits / 4), SEPARATOR);
        this.made = made;
    }

    /** The file; null when it is none of that format. */
    static @Nullable Mmdb read(byte[] file) {
        int at = marker(file);
        if (at < 0) {
            return null;
        }
        Reader reader = new Reader(file, at);
        reader.at = at;
        if (!(reader.value(0) instanceof Map<?, ?> metadata)) {
            return null;
        }
        int nodes = (int) number(metadata.get("node_count"));
        int bits = (int) number(metadata.get("record_size"));
        if (nodes <= 0 || (bits != 24 && bits != 28 && bits != 32)) {
            return null;
        }
        Instant made = Instant.ofEpochSecond(number(metadata.get("build_epoch")));
        return new Mmdb(file, nodes, bits, number(metadata.get("ip_version")) == 6, made);
    }

    private static int marker(byte[] file) {
        int least = Math.max(0, file.length - LONGEST_METADATA);
        for (int at = file.length - MARKER.length; at >= least; at--) {
            int same = 0;
            while (same < MARKER.length && file[at + same] == MARKER[same]) {
                same++;
            }
            if (same == MARKER.length) {
                return at + MARKER.length;
            }
        }
        return -1;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Long number ? number : 0;
    }

    @Override
    public Instant made() {
        return made;
    }

    @Override
    public Whereabouts.Place of(IpAddress address) {
        if (!v6 && !address.isV4()) {
            return Whereabouts.Place.UNKNOWN;
        }
        // In a file of IPv6 addresses those of IPv4 lie under ::/96.
        long high = address.high();
        long low = address.isV4() ? address.low() & 0xffff_ffffL : address.low();
        int node = 0;
        for (int bit = v6 ? 0 : 96; bit < 128 && node < nodes; bit++) {
            long word = bit < 64 ? high : low;
            node = record(node, (int) (word >>> (63 - (bit & 63))) & 1);
        }
        if (node <= nodes) {
            return Whereabouts.Place.UNKNOWN;
        }
        Reader reader = new Reader(file, data);
        reader.at = Math.addExact(node - nodes - SEPARATOR, data);
        return reader.value(0) instanceof Map<?, ?> told ? place(told) : Whereabouts.Place.UNKNOWN;
    }

    private int record(int node, int side) {
        int at = node * (recordBits / 4);
        return switch (recordBits) {
            case 24 -> big(at + side * 3, 3);
            case 28 -> {
                int middle = file[at + 3] & 0xff;
                yield side == 0 ? (middle >>> 4) << 24 | big(at, 3) : (middle & 15) << 24 | big(at + 4, 3);
            }
            default -> big(at + side * 4, 4);
        };
    }

    private int big(int at, int length) {
        int value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | (file[at + i] & 0xff);
        }
        return value;
    }

    /** MaxMind's names of fields, and those of DB-IP and IPinfo. */
    private static Whereabouts.Place place(Map<?, ?> told) {
        String country = inner(told, "country", "iso_code");
        country = country.isEmpty() ? inner(told, "registered_country", "iso_code") : country;
        country = country.isEmpty() ? text(told, "country_code") : country;
        country = country.isEmpty() && text(told, "country").length() == 2 ? text(told, "country") : country;
        Object number = told.get("autonomous_system_number");
        String asn = number instanceof Long as ? "AS" + as : text(told, "asn");
        String network = text(told, "autonomous_system_organization");
        network = network.isEmpty() ? text(told, "as_name") : network;
        return new Whereabouts.Place(country, "", network, asn);
    }

    private static String inner(Map<?, ?> told, String outer, String name) {
        return told.get(outer) instanceof Map<?, ?> inner ? text(inner, name) : "";
    }

    private static String text(Map<?, ?> told, String name) {
        return told.get(name) instanceof String text ? text : "";
    }

    /** Reads values of the data section, or of the metadata. */
    private static final class Reader {

        private final byte[] file;
        private final int base;
        private int at;

        Reader(byte[] file, int base) {
            this.file = file;
            this.base = base;
        }

        /** The value that stands here: a text, a Long, a map, or anything else as an empty text. */
        Object value(int depth) {
            if (depth > DEEPEST) {
                throw new IndexOutOfBoundsException("nested too deep");
            }
            int control = next();
            int type = control >>> 5;
            if (type == 1) {
                return pointed(control, depth);
            }
            type = type == 0 ? 7 + next() : type;
            int size = size(control & 31);
            return switch (type) {
                case 2 -> text(size);
                case 5, 6, 9 -> number(size);
                case 7 -> map(size, depth);
                case 11 -> list(size, depth);
                case 14 -> "";
                default -> {
                    at = Math.addExact(at, size);
                    yield "";
                }
            };
        }

        private Object pointed(int control, int depth) {
            int length = (control >>> 3) & 3;
            long target = length == 3 ? 0 : control & 7;
            for (int i = 0; i <= length; i++) {
                target = target << 8 | next();
            }
            target += length == 1 ? 2_048 : length == 2 ? 526_336 : 0;
            int behind = at;
            at = Math.toIntExact(base + target);
            Object value = value(depth + 1);
            at = behind;
            return value;
        }

        private int size(int size) {
            return switch (size) {
                case 29 -> 29 + next();
                case 30 -> 285 + (next() << 8 | next());
                case 31 -> 65_821 + (next() << 16 | next() << 8 | next());
                default -> size;
            };
        }

        private String text(int size) {
            String text = new String(file, at, size, StandardCharsets.UTF_8);
            at += size;
            return text;
        }

        private Long number(int size) {
            long value = 0;
            for (int i = 0; i < size; i++) {
                value = value << 8 | next();
            }
            return value;
        }

        private Map<String, Object> map(int size, int depth) {
            Map<String, Object> map = new HashMap<>();
            for (int i = 0; i < bounded(size); i++) {
                String name = String.valueOf(value(depth + 1));
                map.put(name, value(depth + 1));
            }
            return map;
        }

        private List<Object> list(int size, int depth) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < bounded(size); i++) {
                list.add(value(depth + 1));
            }
            return list;
        }

        private static int bounded(int size) {
            if (size > MOST_ELEMENTS) {
                throw new IndexOutOfBoundsException("too many elements");
            }
            return size;
        }

        private int next() {
            return file[at++] & 0xff;
        }
    }
}
