package bailiff.report;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file in MaxMind's older format, which Debian's package geoip-database still has: countries (edition 1 and, for IPv6, 12)
 * and networks (9 and 21). Immutable.
 */
final class OldGeoIp implements GeoFiles.GeoFile {

    /*
     * A binary tree of pairs of three little-endian bytes, by the bits of the address. What is not below the number of
     * segments is a leaf: a country's number, or where behind the tree a name stands, ended by a NUL. Behind all stand three
     * bytes of 255, the edition, and for networks the number of segments.
     */

    private static final int COUNTRIES = 1;
    private static final int COUNTRIES_6 = 12;
    private static final int NETWORKS = 9;
    private static final int NETWORKS_6 = 21;
    private static final int COUNTRY_BEGIN = 16_776_960;
    private static final int FURTHEST = 20;
    private static final int LONGEST_NAME = 200;
    private static final int NUMBER = 3;

    /** In the order that the format numbers them; the first is "not known". */
    private static final String CODES = "--APEUADAEAFAGAIALAMCWAOAQARASATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBRBSBTBVBWBYBZ"
            + "CACCCDCFCGCHCICKCLCMCNCOCRCUCVCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRSXGAGBGDGEGFGHGIGLGMGNGPGQGRGSGT"
            + "GUGWGYHKHMHNHRHTHUIDIEILINIOIQIRISITJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMGMHMKMLMMMNMO"
            + "MPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORURWSASBSCSDSESGSHSISJSK"
            + "SLSMSNSOSRSTSVSYSZTCTDTFTGTHTJTKTMTNTOTLTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTRSZAZMMEZWA1A2O1AXGGIM"
            + "JEBLMFBQSSO1";

    private static final Pattern DATE = Pattern.compile("GEO-[0-9A-Za-z]+ ([0-9]{8})");

    private final byte[] file;
    private final int segments;
    private final boolean v6;
    private final Instant made;

    private OldGeoIp(byte[] file, int segments, boolean v6) {
        this.file = file;
        this.segments = segments;
        this.v6 = v6;
        this.made = made(file);
    }

    /** The file; null when it is none of that format. */
    static @Nullable OldGeoIp read(byte[] file) {
        for (int at = file.length - 4; at >= Math.max(0, file.length - FURTHEST); at--) {
            if (file[at] == -1 && file[at + 1] == -1 && file[at + 2] == -1) {
                return switch (file[at + 3]) {
                    case COUNTRIES -> new OldGeoIp(file, COUNTRY_BEGIN, false);
                    case COUNTRIES_6 -> new OldGeoIp(file, COUNTRY_BEGIN, true);
                    case NETWORKS, NETWORKS_6 -> new OldGeoIp(file, little(file, at + 4), file[at + 3] == NETWORKS_6);
                    default -> null;
                };
            }
        }
        return null;
    }

    private static Instant made(byte[] file) {
        int from = Math.max(0, file.length - 200);
        String end = new String(file, from, file.length - from, StandardCharsets.ISO_8859_1);
        Matcher found = DATE.matcher(end);
        try {
            return found.find()
                    ? LocalDate.parse(found.group(1), DateTimeFormatter.BASIC_ISO_DATE)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.EPOCH;
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static int little(byte[] file, int at) {
        return (file[at] & 0xff) | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
    }

    @Override
    public Whereabouts.Place of(IpAddress address) {
        if (address.isV4() == v6) {
            return Whereabouts.Place.UNKNOWN;
        }
        int node = 0;
        for (int bit = v6 ? 0 : 96; bit < 128; bit++) {
            long word = bit < 64 ? address.high() : address.low();
            int side = (int) (word >>> (63 - (bit & 63))) & 1;
            int next = little(file, node * 2 * NUMBER + side * NUMBER);
            if (next >= segments) {
                return segments == COUNTRY_BEGIN ? country(next - COUNTRY_BEGIN) : network(next);
            }
            node = next;
        }
        return Whereabouts.Place.UNKNOWN;
    }

    private static Whereabouts.Place country(int number) {
        boolean known = number > 0 && number * 2 + 2 <= CODES.length();
        return known
                ? new Whereabouts.Place(CODES.substring(number * 2, number * 2 + 2), "", "", "")
                : Whereabouts.Place.UNKNOWN;
    }

    /** {@code AS64496 Example Networks}. */
    private Whereabouts.Place network(int leaf) {
        int at = leaf + (2 * NUMBER - 1) * segments;
        int end = at;
        while (end - at < LONGEST_NAME && file[end] != 0) {
            end++;
        }
        String name = new String(file, at, end - at, StandardCharsets.ISO_8859_1);
        int blank = name.indexOf(' ');
        boolean numbered = name.matches("AS[0-9]+( .*)?");
        String asn = !numbered ? "" : blank < 0 ? name : name.substring(0, blank);
        String network = numbered ? (blank < 0 ? "" : name.substring(blank + 1)) : name;
        return new Whereabouts.Place("", "", network, asn);
    }

    @Override
    public Instant made() {
        return made;
    }
}
