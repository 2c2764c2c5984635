package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files in which others read bans: Apache's map and the plugin's decisions. */
class FilesTest {

    private static final String SECRET = "0123456789abcdef-\u00e4";

    /** Checks the first line as a plugin would. */
    private static final String CHECK = """
            $file = file_get_contents($argv[1]);
            list($first, $rest) = explode("\\n", $file, 2);
            list($word, $version, $until, $hmac) = explode(' ', $first);
            $text = "$word $version $until\\n$rest";
            echo hash_equals(hash_hmac('sha256', $text, $argv[2]), $hmac) ? 'sound' : 'forged', " $until ", substr_count($rest, "\\n");
            """;

    @TempDir
    Path directory;

    private static List<Bans.Standing> standing(String... subjects) {
        List<Bans.Standing> bans = new ArrayList<>();
        for (String subject : subjects) {
            bans.add(new Bans.Standing(Fixed.cidr(subject), 1, 2_000_000_000));
        }
        return bans;
    }

    private String checkedByPhp(String text) throws Exception {
        Path file = Files.writeString(directory.resolve("decisions"), text);
        Process php = new ProcessBuilder("php", "-r", CHECK, "--", file.toString(), SECRET)
                .redirectErrorStream(true)
                .start();
        String said = new String(php.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(php.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    @Test
    void decisions_signature_isTheOneThatPhpMakes() throws Exception {
        Needs.orSkip(Files.isExecutable(Path.of("/usr/bin/php")), "php is needed: apt-get install php-cli");
        String text = new DecisionFile(SECRET).text(standing("203.0.113.9", "2001:db8::/64"), Fixed.NOON);

        assertThat(checkedByPhp(text))
                .isEqualTo("sound " + Fixed.NOON.plus(DecisionFile.LIFE).getEpochSecond() + " 2");
        assertThat(checkedByPhp(text.replace("203.0.113.9", "203.0.113.8"))).startsWith("forged");
        assertThat(checkedByPhp(text.replaceFirst("1 1", "1 2"))).startsWith("forged");
    }

    @Test
    void decisions_nobodyBanned_isSoundAsWell() throws Exception {
        Needs.orSkip(Files.isExecutable(Path.of("/usr/bin/php")), "php is needed: apt-get install php-cli");

        assertThat(checkedByPhp(new DecisionFile(SECRET).text(List.of(), Fixed.NOON)))
                .startsWith("sound");
    }

    @Test
    void decisions_longestSubjects_stayWithinTheBound() {
        List<Bans.Standing> bans = new ArrayList<>();
        Random random = new Random(2);
        for (int i = 0; i < DecisionFile.MOST_ENTRIES; i++) {
            IpAddress address = new IpAddress(random.nextLong() | 1L << 62, random.nextLong());
            bans.add(new Bans.Standing(address.prefix(127), 1, 0xffff_ffffL));
        }

        String text = new DecisionFile(SECRET).text(bans, Fixed.NOON);

        assertThat(text.length()).isBetween(DecisionFile.MOST_BYTES - 1_000, DecisionFile.MOST_BYTES);
        assertThat(text).endsWith("\n");
    }

    @Test
    void denyMap_bans_areKeysThatApacheMakesOfAnAddress() {
        String map = new DenyMap(ZoneOffset.UTC)
                .text(standing("203.0.113.9", "2001:db8::7", "2001:db8:0:12::/64"), Fixed.NOON);

        assertThat(map.lines().filter(line -> line.endsWith(" deny")))
                .containsExactly("203.0.113.9 deny", "2001:db8::7 deny", "2001:db8:0:12::/64 deny");
    }

    private String denied(Bans bans, Denials also, Instant now) {
        Path file = directory.resolve("deny.map");
        new PublishedFile(file, new DenyMap(ZoneOffset.UTC), bans, also).write(now, 0);
        return read(file).lines().filter(line -> line.endsWith(" deny")).collect(Collectors.joining(" "));
    }

    @Test
    void denyMap_refusedWithoutABan_isInItUntilItsEndOrItIsLifted() {
        Denials denials = new Denials(() -> {});
        Instant end = Fixed.NOON.plus(Duration.ofHours(1));
        for (String address : List.of("203.0.113.7", "203.0.113.8", "203.0.113.7", "2001:db8::7")) {
            denials.put(Fixed.cidr(address), Fixed.NOON, end);
        }
        denials.remove(Fixed.cidr("203.0.113.8"));
        Fixed fixed = new Fixed();
        fixed.ban("203.0.113.9", Duration.ofDays(1));

        assertThat(denied(fixed.bans, denials, Fixed.NOON))
                .isEqualTo("203.0.113.9 deny 2001:db8::7 deny 203.0.113.7 deny");
        assertThat(denied(fixed.bans, denials, end)).isEqualTo("203.0.113.9 deny");
        assertThat(denials.size(end)).isZero();
    }

    @Test
    void denials_floodOfAddresses_theNewestAreKept() {
        AtomicInteger changes = new AtomicInteger();
        Denials denials = new Denials(changes::incrementAndGet);
        for (int i = 0; i <= Denials.MOST; i++) {
            denials.put(IpAddress.ofV4(i).alone(), Fixed.NOON, Fixed.NOON.plusSeconds(60));
        }
        int before = changes.get();
        denials.put(IpAddress.ofV4(1).alone(), Fixed.NOON, Fixed.NOON.plusSeconds(60));

        assertThat(denials.size(Fixed.NOON)).isEqualTo(Denials.MOST);
        assertThat(denials.newest(2, Fixed.NOON))
                .extracting(Bans.Standing::subject)
                .containsExactly(
                        Fixed.cidr("0.0.0.1"), IpAddress.ofV4(Denials.MOST).alone());
        assertThat(changes).as("what changes nothing wakes nobody").hasValue(before);
    }

    @Test
    void denyMap_minutes_areThoseOfApachesClockForAQuarterOfAnHour() {
        String map = new DenyMap(ZoneId.of("Europe/Berlin")).text(List.of(), Instant.parse("2026-10-25T00:50:30Z"));

        // Summer time ends at 01:00 UTC: the clock goes back from 03:00 to 02:00.
        assertThat(map.lines().filter(line -> line.startsWith("valid-")))
                .hasSize(16)
                .startsWith("valid-202610250249 yes", "valid-202610250250 yes")
                .endsWith("valid-202610250203 yes", "valid-202610250204 yes");
    }

    @Test
    void publisher_bansChange_isWrittenAndInTheEndEmptied() throws Exception {
        Path file = directory.resolve("deny.map");
        Publisher[] publisher = new Publisher[1];
        Bans bans = new Bans(new Random(1), () -> publisher[0].change());
        Publisher.Files files = new Publisher.Files(bans);
        files.denyMap(file, ZoneOffset.UTC, new Denials(() -> {}));
        publisher[0] = Publisher.start(files, () -> Fixed.NOON);

        bans.begin("wordpress");
        bans.put("wordpress", Fixed.cidr("203.0.113.9"), Fixed.NOON, Fixed.NOON.plus(Duration.ofHours(1)));
        await("the ban", () -> read(file).contains("203.0.113.9 deny\n"));
        bans.put("wordpress", Fixed.cidr("198.51.100.0/24"), Fixed.NOON, Fixed.NOON.plus(Duration.ofHours(1)));
        bans.remove("wordpress", Fixed.cidr("203.0.113.9"));
        await("its end", () -> !read(file).contains(" deny\n"));
        await("the network's absence", () -> !publisher[0].problems().isEmpty());
        assertThat(publisher[0].problems()).singleElement().asString().contains("1 bans of networks");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r--r--");
        publisher[0].close();

        assertThat(read(file)).startsWith("# ").doesNotContain("valid-");
        assertThat(directory.resolve("deny.map.new")).doesNotExist();
    }

    /** A form whose first writing takes so long that something happens meanwhile, after it was asked who is banned. */
    private record Slow(Runnable meanwhile, AtomicBoolean isWritten) implements Publication {

        @Override
        public String name() {
            return "list";
        }

        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public Duration life() {
            return Duration.ofHours(1);
        }

        @Override
        public int most() {
            return 10;
        }

        @Override
        public boolean takes(Cidr subject) {
            return true;
        }

        @Override
        public String text(List<Bans.Standing> bans, Instant now) {
            if (!isWritten.getAndSet(true)) {
                meanwhile.run();
            }
            return bans.toString();
        }

        @Override
        public String farewell() {
            return "";
        }
    }

    @Test
    void publisher_banWhileAFileIsWritten_isWrittenThoughTheNextFileHasIt() throws Exception {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        AtomicReference<Publisher> publisher = new AtomicReference<>();
        Semaphore started = new Semaphore(0);
        Bans bans = new Bans(
                new Random(1), () -> Optional.ofNullable(publisher.get()).ifPresent(Publisher::change));
        bans.begin("wordpress");
        Publisher.Files files = new Publisher.Files(bans);
        Runnable ban = () -> {
            started.acquireUninterruptibly();
            bans.put("wordpress", Fixed.cidr("203.0.113.9"), Fixed.NOON, Fixed.NOON.plus(Duration.ofHours(1)));
        };
        files.add(first, new Slow(ban, new AtomicBoolean()));
        files.add(second, new Slow(() -> {}, new AtomicBoolean()));

        publisher.set(Publisher.start(files, () -> Fixed.NOON));
        started.release();

        await("the second file", () -> read(second).contains("203.0.113.9"));
        await("the first file", () -> read(first).contains("203.0.113.9"));
        publisher.get().close();
    }

    @Test
    void publisher_directoryGoes_saysSoAndTriesAgain() throws Exception {
        Path file = Files.createDirectory(directory.resolve("gone")).resolve("deny.map");
        Bans bans = new Bans(new Random(1), () -> {});
        Publisher.Files files = new Publisher.Files(bans);
        files.denyMap(file, ZoneOffset.UTC, new Denials(() -> {}));
        Files.delete(file.getParent());

        try (Publisher publisher = Publisher.start(files, () -> Fixed.NOON)) {
            await("a problem", () -> !publisher.problems().isEmpty());
            assertThat(publisher.problems()).singleElement().asString().contains("could not be written", "deny.map");
            Files.createDirectory(file.getParent());
            await("the map", () -> Files.exists(file) && publisher.problems().isEmpty());
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return "";
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
