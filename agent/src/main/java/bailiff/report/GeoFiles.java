package bailiff.report;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that tell whose addresses are: MaxMind's format (.mmdb, of whichever maker), its older one (.dat), lists of ranges as
 * Tor's package has them, and what the regional registries publish (delegated-...). What the first says counts.
 */
public final class GeoFiles implements Whereabouts {

    /** Where Debian's packages geoip-database and tor-geoipdb, and geoipupdate, put theirs. */
    private static final List<String> USUAL = List.of(
            "/usr/share/GeoIP/GeoLite2-Country.mmdb",
            "/var/lib/GeoIP/GeoLite2-Country.mmdb",
            "/usr/share/GeoIP/GeoLite2-ASN.mmdb",
            "/var/lib/GeoIP/GeoLite2-ASN.mmdb",
            "/usr/share/GeoIP/GeoIPASNum.dat",
            "/usr/share/tor/geoip",
            "/usr/share/tor/geoip6",
            "/usr/share/GeoIP/GeoIP.dat",
            "/usr/share/GeoIP/GeoIPv6.dat");

    /** The largest of free ones (cities of the world) have a sixth of that. */
    static final long LARGEST = 256L << 20;

    private final List<GeoFile> files = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();

    /** One file. */
    interface GeoFile {

        /** What it says of the address. */
        Place of(IpAddress address);

        /** When it was made, as it says itself; {@link Instant#EPOCH} where it does not say. */
        Instant made();
    }

    private GeoFiles() {}

    /** The files that are in the usual places; one that is damaged is passed over. */
    public static GeoFiles usual() {
        GeoFiles all = new GeoFiles();
        for (String name : USUAL) {
            Path file = Path.of(name);
            if (Files.isReadable(file)) {
                try {
                    all.add(file);
                } catch (IOException e) {
                    // A broken file that nobody asked for is as good as none.
                }
            }
        }
        return all;
    }

    /**
     * These files.
     *
     * @throws IOException when one cannot be read, or is of no format that we know; the message names it
     */
    public static GeoFiles of(List<Path> files) throws IOException {
        GeoFiles all = new GeoFiles();
        for (Path file : files) {
            all.add(file);
        }
        return all;
    }

    private void add(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than " + (LARGEST >> 20) + " MiB.");
        }
        GeoFile read = read(file, Files.readAllBytes(file));
        Instant made = read.made().equals(Instant.EPOCH)
                ? Files.getLastModifiedTime(file).toInstant()
                : read.made();
        files.add(read);
        origins.add(new Origin(file.toString(), made));
    }

    private static GeoFile read(Path file, byte[] bytes) throws IOException {
        try {
            GeoFile found = Mmdb.read(bytes);
            found = found == null ? GeoRanges.read(bytes) : found;
            found = found == null ? OldGeoIp.read(bytes) : found;
            if (found != null) {
                return found;
            }
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new IOException(file + " is damaged.", e);
        }
        throw new IOException(
                file + " is no .mmdb or GeoIP .dat file, no list of ranges, and no registry's delegated list.");
    }

    @Override
    public Place of(IpAddress address) {
        Place known = Place.UNKNOWN;
        for (GeoFile file : files) {
            try {
                known = known.and(file.of(address));
            } catch (IndexOutOfBoundsException | ArithmeticException e) {
                // A damaged place in a file says nothing.
            }
        }
        return known;
    }

    @Override
    public List<Origin> origins() {
        return List.copyOf(origins);
    }
}
