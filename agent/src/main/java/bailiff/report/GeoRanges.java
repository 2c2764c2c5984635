package bailiff.report;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lists of ranges: {@code FIRST,LAST,CC} as Tor's package has them (numbers for IPv4), and what the regional registries
 * publish, {@code registry|CC|ipv4|FIRST|COUNT|DATE|STATUS} (NRO Extended Allocation and Assignment Reports). Immutable.
 */
final class GeoRanges implements GeoFiles.GeoFile {

    /** Countries and registries are few; each pair of them is kept once. */
    private static final int MOST_RANGES = 2_000_000;

    private static final int FIRST_LINES = 200;

    private final IpAddress[] firsts;
    private final IpAddress[] lasts;
    private final Whereabouts.Place[] places;
    private final Instant made;

    private record Range(IpAddress first, IpAddress last, Whereabouts.Place place) {}

    private GeoRanges(List<Range> ranges, Instant made) {
        ranges.sort(Comparator.comparing(Range::first));
        firsts = ranges.stream().map(Range::first).toArray(IpAddress[]::new);
        lasts = ranges.stream().map(Range::last).toArray(IpAddress[]::new);
        places = ranges.stream().map(Range::place).toArray(Whereabouts.Place[]::new);
        this.made = made;
    }

    /** The list; null when it is none. */
    static @Nullable GeoRanges read(byte[] file) {
        if (indexOf(file, (byte) 0) >= 0) {
            return null;
        }
        List<Range> ranges = new ArrayList<>();
        Map<Whereabouts.Place, Whereabouts.Place> known = new HashMap<>();
        Instant made = Instant.EPOCH;
        int number = 0;
        int at = 0;
        while (at < file.length && ranges.size() < MOST_RANGES) {
            int end = at;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            String line = new String(file, at, end - at, StandardCharsets.ISO_8859_1).strip();
            at = end + 1;
            made = made.equals(Instant.EPOCH) ? date(line) : made;
            Optional<Range> range = line.startsWith("#") ? Optional.empty() : range(line);
            range.ifPresent(found -> ranges.add(
                    new Range(found.first(), found.last(), known.computeIfAbsent(found.place(), place -> place))));
            if (++number > FIRST_LINES && ranges.isEmpty()) {
                return null;
            }
        }
        return ranges.isEmpty() ? null : new GeoRanges(ranges, made);
    }

    private static int indexOf(byte[] file, byte wanted) {
        for (int i = 0; i < Math.min(file.length, 4_096); i++) {
            if (file[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** "# Generated: Thu, 25 Jun 2026 04:33:59 GMT", or the second field but one of a registry's first line. */
    private static Instant date(String line) {
        int at = line.indexOf("Generated: ");
        String[] words = line.split("\\|", -1);
        try {
            if (at >= 0) {
                return DateTimeFormatter.RFC_1123_DATE_TIME.parse(line.substring(at + 11), Instant::from);
            }
            if (words.length == 7 && words[0].matches("[0-9.]+")) {
                return LocalDate.parse(words[2], DateTimeFormatter.BASIC_ISO_DATE)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant();
            }
        } catch (DateTimeParseException e) {
            // Then it does not say.
        }
        return Instant.EPOCH;
    }

    private static Optional<Range> range(String line) {
        String[] commas = line.split(",", -1);
        if (commas.length == 3 && commas[2].matches("[A-Z]{2}|\\?\\?")) {
            String country = commas[2].equals("??") ? "" : commas[2];
            return range(address(commas[0]), address(commas[1]), new Whereabouts.Place(country, "", "", ""));
        }
        String[] bars = line.split("\\|", -1);
        if (bars.length < 7 || !bars[1].matches("[A-Z]{2}") || !bars[4].matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        Optional<IpAddress> first = IpAddress.parse(bars[3]);
        long count = Long.parseLong(bars[4]);
        Whereabouts.Place place = new Whereabouts.Place(bars[1], bars[0], "", "");
        return switch (bars[2]) {
            case "ipv4" -> range(first, first.map(of -> IpAddress.ofV4((int) (of.low() + count - 1))), place);
            case "ipv6" -> range(first, first.map(of -> lastOf(of, (int) Math.min(count, 128))), place);
            default -> Optional.empty();
        };
    }

    private static IpAddress lastOf(IpAddress first, int bits) {
        long high = bits >= 64 ? first.high() : first.high() | -1L >>> bits;
        long low = bits <= 64 ? -1 : bits == 128 ? first.low() : first.low() | -1L >>> (bits - 64);
        return new IpAddress(high, low);
    }

    private static Optional<Range> range(Optional<IpAddress> first, Optional<IpAddress> last, Whereabouts.Place place) {
        return first.flatMap(from -> last.map(to -> new Range(from, to, place)));
    }

    private static Optional<IpAddress> address(String text) {
        return text.matches("[0-9]{1,10}")
                ? Optional.of(IpAddress.ofV4((int) Long.parseLong(text)))
                : IpAddress.parse(text);
    }

    @Override
    public Whereabouts.Place of(IpAddress address) {
        int at = Arrays.binarySearch(firsts, address);
        at = at >= 0 ? at : -at - 2;
        return at >= 0 && address.compareTo(lasts[at]) <= 0 ? places[at] : Whereabouts.Place.UNKNOWN;
    }

    @Override
    public Instant made() {
        return made;
    }
}
