package bailiff.filter;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Looks for many needles at once in a block of bytes. Immutable, for any number of threads. */
final class Needles {

    /*
     * Only one place in so many, the stride, is looked at: whether the 4 bytes there are a "gram" of some needle. For that
     * every needle is known by as many of its grams, one byte apart, as the stride: one of them stands at such a place.
     * That is one load, one multiplication and one look into a small table for up to eight bytes of log, whatever the
     * number of needles. Measured: 12 GB/s for 6 needles, beside 5 GB/s for the rarest byte of one needle by words. The
     * stride follows from the shortest needle; so some that are very short, and a few of any length, are looked for in
     * another way, see Spot.
     *
     * Grams are compared without the bit that tells small letters from capitals; the needle then is compared in full.
     * Worst case: a line of nothing but grams of needles costs the comparison with all needles that share one, at every
     * place looked at; they are MOST at most, and a comparison that fails does so within a few bytes.
     */

    /** The length of a gram, in bytes. */
    static final int GRAM = 4;

    /** How many needles are looked for at most: the table stays small, and what hostile lines cost within bounds. */
    static final int MOST = 4_096;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());

    /** Shorter needles are spotted instead: they would make the stride short for all. */
    private static final int LONG = 7;

    /** So few needles are spotted whatever their length: two or three passes cost less than looking at samples. */
    private static final int FEW_SPOTS = 3;

    /** More short needles than that are rather sampled, at every place. */
    private static final int MOST_SPOTS = 16;

    /** So many places are first looked at for spots, and then for samples: where lines are found, the next are near. */
    private static final int FIRST_CHUNK = 256;

    /** So many at most: enough for vector code to run long, few enough that looking for the place itself costs nothing. */
    private static final int LARGEST_CHUNK = 1_024;

    private static final int WIDEST = 8;
    private static final int FOLD = 0x20202020;
    private static final int SPREAD = 0x9e3779b1;
    private static final int SMALLEST_TABLE_BITS = 8;
    private static final int LARGEST_TABLE_BITS = 15;

    private final List<Needle> needles;
    private final int[][] spotted;
    private final Spot[] spots;
    private final int[] sampled;
    private final int stride;
    private final int shift;
    private final char[] firsts;
    private final Needle[] needleOf;
    private final int[] numberOf;
    private final int[] offsetOf;
    private final char[] nextOf;

    /**
     * The search for these needles.
     *
     * @param needles at most {@link #MOST}
     */
    Needles(List<Needle> needles) {
        if (needles.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " needles");
        }
        this.needles = List.copyOf(needles);
        List<int[]> groups = groups(_ -> true);
        if (groups.size() > FEW_SPOTS) {
            groups = groups(needle -> needle.length() < LONG);
        }
        for (int length = GRAM + 1; groups.size() > MOST_SPOTS && length >= GRAM; length--) {
            int shortest = length;
            groups = groups(needle -> needle.length() < shortest);
        }
        this.spotted = groups.toArray(int[][]::new);
        this.spots = groups.stream()
                .map(group ->
                        new Spot(IntStream.of(group).mapToObj(needles::get).toList()))
                .toArray(Spot[]::new);
        Set<Integer> grouped =
                groups.stream().flatMapToInt(IntStream::of).boxed().collect(Collectors.toSet());
        this.sampled = IntStream.range(0, needles.size())
                .filter(number -> !grouped.contains(number))
                .toArray();
        int shortest = IntStream.of(sampled)
                .map(number -> needles.get(number).length())
                .min()
                .orElse(GRAM);
        this.stride = Math.clamp(shortest - GRAM + 1, 1, WIDEST);
        int entries = sampled.length * stride;
        int bits = Math.clamp(
                Integer.SIZE - Integer.numberOfLeadingZeros(16 * entries), SMALLEST_TABLE_BITS, LARGEST_TABLE_BITS);
        this.shift = Integer.SIZE - bits;
        this.firsts = new char[1 << bits];
        this.needleOf = new Needle[entries + 1];
        this.numberOf = new int[entries + 1];
        this.offsetOf = new int[entries + 1];
        this.nextOf = new char[entries + 1];
        fill();
    }

    /** The numbers of such needles, those together that are spotted together. */
    private List<int[]> groups(Predicate<Needle> kind) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int number = 0; number < needles.size(); number++) {
            Needle needle = needles.get(number);
            if (kind.test(needle)) {
                groups.computeIfAbsent(group(needle, number), _ -> new ArrayList<>())
                        .add(number);
            }
        }
        return groups.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The very short ones with the same first byte, when that is no letter or digit: the escapes of a URL, above all. */
    private static String group(Needle needle, int number) {
        int first = needle.bytes()[0];
        boolean joins = needle.length() < GRAM && !Character.isLetterOrDigit(first);
        return joins ? "begins with " + first : "number " + number;
    }

    private void fill() {
        int entry = 1;
        for (int number : sampled) {
            Needle needle = needles.get(number);
            int start = rarestStart(needle.bytes());
            for (int offset = start; offset < start + stride; offset++) {
                int slot = slot((int) WORDS.get(needle.bytes(), offset));
                needleOf[entry] = needle;
                numberOf[entry] = number;
                offsetOf[entry] = offset;
                nextOf[entry] = firsts[slot];
                firsts[slot] = (char) entry++;
            }
        }
    }

    /** Where the grams of a needle begin that are the least likely to stand in other lines. */
    private int rarestStart(byte[] needle) {
        int span = stride + GRAM - 1;
        int best = 0;
        int most = -1;
        for (int start = 0; start + span <= needle.length; start++) {
            int rarity = new Literal(new String(needle, start, span, StandardCharsets.ISO_8859_1), false).rarity();
            if (rarity > most) {
                most = rarity;
                best = start;
            }
        }
        return best;
    }

    private int slot(int gram) {
        return ((gram | FOLD) * SPREAD) >>> shift;
    }

    /** The needles, by their numbers. */
    List<Needle> list() {
        return needles;
    }

    /** Decides whether a needle that was found will do. */
    @FunctionalInterface
    interface Hit {
        boolean isAccepted(int number, int at);
    }

    /** The index of a byte of the first line in which a needle stands that is accepted; -1 for none between the bounds. */
    int find(byte[] block, int from, int to, Hit hit) {
        if (spots.length == 0) {
            return sampled(block, from, to, from, to, hit);
        }
        int chunk = FIRST_CHUNK;
        for (int at = from; at < to; at += chunk, chunk = Math.min(LARGEST_CHUNK, 2 * chunk)) {
            int end = Math.min(to, at + chunk);
            int spot = spotted(block, at, end, from, to, hit);
            int sample = sampled.length == 0 ? -1 : sampled(block, at, spot < 0 ? end : spot, from, to, hit);
            if (spot >= 0 || sample >= 0) {
                return spot < 0 || (sample >= 0 && sample < spot) ? sample : spot;
            }
        }
        return -1;
    }

    private int spotted(byte[] block, int at, int end, int from, int to, Hit hit) {
        int found = -1;
        for (int i = 0; i < spots.length; i++) {
            if (spots[i].isAmong(block, at, end, to)) {
                int place = first(i, block, at, found < 0 ? end : found, from, to, hit);
                found = place < 0 ? found : place;
            }
        }
        return found;
    }

    private int first(int group, byte[] block, int at, int end, int from, int to, Hit hit) {
        Spot spot = spots[group];
        for (int place = spot.next(block, at, end, to); place < end; place = spot.next(block, place + 1, end, to)) {
            int start = place - spot.offset();
            for (int number : spotted[group]) {
                if (needles.get(number).isAt(block, start, from, to) && hit.isAccepted(number, start)) {
                    return start;
                }
            }
        }
        return -1;
    }

    private int sampled(byte[] block, int first, int end, int from, int to, Hit hit) {
        char[] table = firsts;
        int step = stride;
        int last = Math.min(end, to - GRAM + 1);
        for (int at = first; at < last; at += step) {
            int entry = table[slot((int) WORDS.get(block, at))];
            if (entry != 0) {
                int found = verified(entry, block, at, from, to, hit);
                if (found >= 0) {
                    return found;
                }
            }
        }
        return -1;
    }

    private int verified(int first, byte[] block, int at, int from, int to, Hit hit) {
        for (int entry = first; entry != 0; entry = nextOf[entry]) {
            int start = at - offsetOf[entry];
            if (needleOf[entry].isAt(block, start, from, to) && hit.isAccepted(numberOf[entry], start)) {
                return start;
            }
        }
        return -1;
    }
}
