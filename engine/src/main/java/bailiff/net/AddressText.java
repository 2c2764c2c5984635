package bailiff.net;

import java.util.Optional;

/** The written forms of addresses: strict reading (RFC 4291 section 2.2) and canonical writing (RFC 5952). */
final class AddressText {

    private static final int LONGEST = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    private AddressText() {}

    static Optional<IpAddress> parse(CharSequence text) {
        if (text.length() < 2 || text.length() > LONGEST) {
            return Optional.empty();
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ':') {
                return parseV6(text);
            }
        }
        long bits = v4Bits(text, 0, text.length());
        return bits < 0 ? Optional.empty() : Optional.of(IpAddress.ofV4((int) bits));
    }

    /** The 32 bits of four dotted octets that fill the range exactly, or -1. */
    private static long v4Bits(CharSequence text, int from, int to) {
        long bits = 0;
        int at = from;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && (at >= to || text.charAt(at++) != '.')) {
                return -1;
            }
            int start = at;
            int value = 0;
            while (at < to && at - start < 3 && isDigit(text.charAt(at))) {
                value = value * 10 + (text.charAt(at++) - '0');
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || leadingZero || value > 255) {
                return -1;
            }
            bits = bits << 8 | value;
        }
        return at == to ? bits : -1;
    }

    private static Optional<IpAddress> parseV6(CharSequence text) {
        int[] groups = new int[8];
        int count = 0;
        int gap = -1;
        int at = 0;
        int end = text.length();
        if (text.charAt(0) == ':') {
            if (text.charAt(1) != ':') {
                return Optional.empty();
            }
            gap = 0;
            at = 2;
        }
        while (at < end) {
            int group = at;
            int value = 0;
            while (at < end && at - group < 4 && Character.digit(text.charAt(at), 16) >= 0 && text.charAt(at) < 128) {
                value = value << 4 | Character.digit(text.charAt(at++), 16);
            }
            if (at < end && text.charAt(at) == '.') {
                long v4 = count <= 6 ? v4Bits(text, group, end) : -1;
                if (v4 < 0) {
                    return Optional.empty();
                }
                groups[count++] = (int) (v4 >>> 16);
                groups[count++] = (int) (v4 & 0xffff);
                break;
            }
            if (at == group || count == 8) {
                return Optional.empty();
            }
            groups[count++] = value;
            if (at == end) {
                break;
            }
            if (text.charAt(at++) != ':' || at == end) {
                return Optional.empty();
            }
            if (text.charAt(at) == ':') {
                if (gap >= 0) {
                    return Optional.empty();
                }
                gap = count;
                at++;
            }
        }
        return assemble(groups, count, gap);
    }

    private static Optional<IpAddress> assemble(int[] groups, int count, int gap) {
        if (gap < 0 ? count != 8 : count > 7) {
            return Optional.empty();
        }
        long[] halves = new long[2];
        for (int i = 0; i < count; i++) {
            int place = gap >= 0 && i >= gap ? 8 - count + i : i;
            halves[place / 4] |= (long) groups[i] << (48 - place % 4 * 16);
        }
        return Optional.of(new IpAddress(halves[0], halves[1]));
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

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
