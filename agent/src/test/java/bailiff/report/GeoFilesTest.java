package bailiff.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.IpAddress;
import bailiff.report.Whereabouts.Place;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GeoFilesTest {

    /** 2026-06-01. */
    private static final int BUILT = 1_780_272_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {24, 28, 32})
    void of_mmdb_followsTheTree(int bits) throws IOException {
        GeoFiles files = GeoFiles.of(List.of(file(mmdb(bits))));

        // Its one node tells the two halves of IPv4 apart.
        assertThat(files.of(address("203.0.113.9"))).isEqualTo(new Place("XA", "", "Example Networks", "AS64496"));
        assertThat(files.of(address("10.0.0.1"))).isEqualTo(Place.UNKNOWN);
        assertThat(files.of(address("2001:db8::1"))).isEqualTo(Place.UNKNOWN);
        assertThat(files.origins().getFirst().date()).isEqualTo("2026-06-01T00:00:00Z");
    }

    @Test
    void of_damagedMmdb_neverThrowsWhenAsked() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        int opened = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = mmdb(24);
            for (int change = 0; change < 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                GeoFiles files = GeoFiles.of(List.of(file(bytes)));
                files.of(address("203.0.113.9"));
                opened++;
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("geo");
            }
        }

        assertThat(opened).isPositive();
    }

    @Test
    void of_torsLists_areSearched() throws IOException {
        byte[] list = """
                # Generated: Thu, 25 Jun 2026 04:33:59 GMT
                3405803776,3405804031,XA
                3405804032,3405804287,??
                2001:db8::,2001:db8:ffff:ffff:ffff:ffff:ffff:ffff,XB
                """.getBytes(StandardCharsets.US_ASCII);

        GeoFiles files = GeoFiles.of(List.of(file(list)));

        assertThat(files.of(address("203.0.113.255")).country()).isEqualTo("XA");
        assertThat(files.of(address("203.0.114.0"))).isEqualTo(Place.UNKNOWN);
        assertThat(files.of(address("203.0.112.255"))).isEqualTo(Place.UNKNOWN);
        assertThat(files.of(address("2001:db8:5::1")).country()).isEqualTo("XB");
        assertThat(files.origins().getFirst().date()).isEqualTo("2026-06-25T04:33:59Z");
    }

    @Test
    void of_registrysList_tellsRegistryToo() throws IOException {
        byte[] list = """
                2|apnic|20260601|2|19830613|20260531|+1000
                apnic|*|asn|*|1|summary
                apnic|XA|ipv4|203.0.113.0|256|20110811|assigned
                apnic|XB|ipv6|2001:db8::|32|20110811|allocated|x
                """.getBytes(StandardCharsets.US_ASCII);

        GeoFiles files = GeoFiles.of(List.of(file(list)));

        assertThat(files.of(address("203.0.113.9"))).isEqualTo(new Place("XA", "apnic", "", ""));
        assertThat(files.of(address("2001:db8:ffff::1"))).isEqualTo(new Place("XB", "apnic", "", ""));
        assertThat(files.of(address("2001:db9::"))).isEqualTo(Place.UNKNOWN);
    }

    @Test
    void of_oldCountryFile_knowsItsCodes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        little(bytes, 16_776_960);
        little(bytes, 16_776_960 + 56);
        bytes.writeBytes("GEO-106FREE 20260704 Build".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {-1, -1, -1, 1});

        GeoFiles files = GeoFiles.of(List.of(file(bytes.toByteArray())));

        assertThat(files.of(address("203.0.113.9")).country()).isEqualTo("DE");
        assertThat(files.of(address("10.0.0.1"))).isEqualTo(Place.UNKNOWN);
        assertThat(files.origins().getFirst().date()).isEqualTo("2026-07-04T00:00:00Z");
    }

    @Test
    void of_anyOtherFile_isRefusedByName() throws IOException {
        Path file = file("hello\n".repeat(500).getBytes(StandardCharsets.US_ASCII));

        assertThatThrownBy(() -> GeoFiles.of(List.of(file)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(directory.resolve("geo"), bytes);
    }

    private static void little(ByteArrayOutputStream out, int number) {
        for (int i = 0; i < 3; i++) {
            out.write(number >> (8 * i));
        }
    }

    /** A database of IPv4 with one node: nothing on the left, one record on the right. */
    private static byte[] mmdb(int bits) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int nothing = 1;
        int found = 1 + 16;
        switch (bits) {
            case 24 -> out.writeBytes(new byte[] {0, 0, (byte) nothing, 0, 0, (byte) found});
            case 28 -> out.writeBytes(new byte[] {0, 0, (byte) nothing, 0, 0, 0, (byte) found});
            default -> out.writeBytes(new byte[] {0, 0, 0, (byte) nothing, 0, 0, 0, (byte) found});
        }
        out.writeBytes(new byte[16]);
        map(out, 3);
        text(out, "country");
        map(out, 1);
        text(out, "iso_code");
        text(out, "XA");
        text(out, "autonomous_system_number");
        number(out, 64_496);
        text(out, "autonomous_system_organization");
        text(out, "Example Networks");
        out.writeBytes(new byte[] {(byte) 0xab, (byte) 0xcd, (byte) 0xef});
        out.writeBytes("MaxMind.com".getBytes(StandardCharsets.US_ASCII));
        map(out, 4);
        text(out, "node_count");
        number(out, 1);
        text(out, "record_size");
        number(out, bits);
        text(out, "ip_version");
        number(out, 4);
        text(out, "build_epoch");
        number(out, BUILT);
        return out.toByteArray();
    }

    private static void map(ByteArrayOutputStream out, int size) {
        out.write(7 << 5 | size);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 29) {
            out.write(2 << 5 | bytes.length);
        } else {
            out.write(2 << 5 | 29);
            out.write(bytes.length - 29);
        }
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int number) {
        out.write(6 << 5 | 4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(number >>> shift);
        }
    }
}
