package bailiff.net;

import java.util.Optional;

/** The written forms of addresses: strict reading (RFC 4291 section 2.2) and canonical writing (RFC 5952). */
final class AddressText {

    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    private static final int ASCII = 128;

    private AddressText() {}

    static Optional<IpAddress> parse(CharSequence text) {
        int length = text.length();
        if (length > LONGEST) {
            return Optional.empty();
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= ASCII) {
                return Optional.empty();
            }
            bytes[i] = (byte) c;
        }
        return parse(bytes, 0, length);
    }

    static Optional<IpAddress> parse(byte[] text, int from, int to) {
        if (to - from < 2 || to - from > LONGEST) {
            return Optional.empty();
        }
        // The first colon is at most four digits away: what has none so far is no address of IPv6.
        int limit = Math.min(to, from + 5);
        for (int i = from; i < limit; i++) {
            if (text[i] == ':') {
                return parseV6(text, from, to);
            }
        }
        long bits = v4Bits(text, from, to);
        return bits < 0 ? Optional.empty() : Optional.of(IpAddress.ofV4((int) bits));
    }

    /** The 32 bits of four dotted octets that fill the range exactly, or -1. */
    private static long v4Bits(byte[] text, int from, int to) {
        long bits = 0;
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && (at >= to || text[at++] != '.')) {
                return -1;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text[at])) {
                value = value * 10 + (text[at++] - '0');
            }
            boolean leadingZero = at - start > 1 && text[start] == '0';
            if (at == start || leadingZero || value > 255) {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return at == to ? bits : -1;
    }

    private static Optional<IpAddress> parseV6(byte[] text, int from, int to) {
        V6 groups = new V6();
        int at = from;
        if (text[at] == ':') {
            if (text[at + 1] != ':') {
                return Optional.empty();
            }
            groups.gap();
            at += 2;
        }
        while (at < to) {
            int group = at;
            int value = 0;
            for (int digit; at < to && at - group < 4 && (digit = hexDigit(text[at])) >= 0; at++) {
                value = value << 4 | digit;
            }
            if (at < to && text[at] == '.') {
                long v4 = v4Bits(text, group, to);
                if (v4 < 0) {
                    return Optional.empty();
                }
                groups.add((int) (v4 >>> 16));
                groups.add((int) (v4 & 0xffff));
                break;
            }
            if (at == group) {
                return Optional.empty();
            }
            groups.add(value);
            if (at == to) {
                break;
            }
            if (text[at++] != ':' || at == to) {
                return Optional.empty();
            }
            if (text[at] == ':') {
                if (groups.hasGap()) {
                    return Optional.empty();
                }
                groups.gap();
                at++;
            }
        }
        return groups.address();
    }

    /** The groups of an address as they are read: those behind the gap, if there is one, and those before it. */
    private static final class V6 {

        private long high;
        private long low;
        private int count;
        private long highBefore;
        private long lowBefore;
        private int before = -1;

        void add(int group) {
            high = high << 16 | low >>> 48;
            low = low << 16 | group;
            count++;
        }

        boolean hasGap() {
            return before >= 0;
        }

        void gap() {
            before = count;
            highBefore = high;
            lowBefore = low;
            high = 0;
            low = 0;
        }

        /* A gap stands for one group or more. */
        Optional<IpAddress> address() {
            if (before < 0 ? count != 8 : count > 7) {
                return Optional.empty();
            }
            if (before <= 0) {
                return Optional.of(new IpAddress(high, low));
            }
            int left = 128 - 16 * before;
            long shifted = left >= 64 ? lowBefore << (left - 64) : highBefore << left | lowBefore >>> (64 - left);
            long rest = left >= 64 ? 0 : lowBefore << left;
            return Optional.of(new IpAddress(high | shifted, low | rest));
        }
    }

    static String format(IpAddress address) {
        if (address.isV4()) {
            long bits = address.low();
            return (bits >>> 24 & 0xff) + "." + (bits >>> 16 & 0xff) + "." + (bits >>> 8 & 0xff) + "." + (bits & 0xff);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? address.high() : address.low()) >>> (48 - i % 4 * 16)) & 0xffff;
        }
        int gap = -1;
        int gapLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > gapLength) {
                gap = i;
                gapLength = run;
            }
            i += Math.max(0, run - 1);
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                i += gapLength - 1;
                continue;
            }
            boolean afterGap = gap >= 0 && i == gap + gapLength;
            if (i > 0 && !afterGap) {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    private static int hexDigit(byte c) {
        if (isDigit(c)) {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
