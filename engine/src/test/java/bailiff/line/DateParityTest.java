package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An installed fail2ban reads the same time in a line and leaves the same rest, save where this says why not. */
class DateParityTest {

    private static final long SEED = 20261121;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** Differences that are meant, by what stands in the table. */
    private static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("%H:%M:%S | x 12:01:00 y", "a time without a day may be a minute ahead: clocks drift"),
            Map.entry("%l:%M %d.%m.%Y | 12:03 20.11.2026 y", "fail2ban takes off the blank that %l begins with"),
            Map.entry("%d %H:%M | x 20 11:03 y", "fail2ban fails on a day without a month"),
            Map.entry("%Y-%m-%d %H:%M %z | 2026-11-20 11:03 +19:30 y", "no zone is 19 hours ahead"),
            Map.entry("%Y-%m-%d %H:%M %ExZ | 2026-07-20 11:03 XYZ y", "fail2ban fails on an unknown zone"),
            Map.entry("EPOCH | 1700000000.5 y", "a fraction belongs to its time whatever its length"),
            Map.entry("LEPOCH | 17000000001234 y", "11 digits of seconds are of the year 2286"),
            Map.entry("{^LN-BEG}{EPOCH} | 1700000000 y", "fail2ban forgets its own {^LN-BEG} before {EPOCH}"),
            Map.entry("%b %d | Feb 29 x", "without a year it is the last 29 February; fail2ban has no time"));

    private static final Set<String> MEANT_ZONES = Set.of("", "CET ", "+1");

    private final Random random = new Random(SEED);
    private final List<String> different = new ArrayList<>();
    private final Set<String> meant = new HashSet<>();
    private int compared;
    private String logZone = "-";
    private DateOracle oracle;

    @BeforeEach
    void start() throws IOException {
        oracle = DateOracle.start();
        oracle.place("UTC");
    }

    @AfterEach
    void stop() {
        oracle.close();
    }

    @Test
    void detect_patternsAsPeopleWriteThem_agrees() throws IOException {
        String pattern = "";
        for (String line : table()) {
            String text = line.substring(2);
            if (line.startsWith("P ")) {
                pattern = text;
            } else if (line.startsWith("L ")) {
                compare(pattern, text, NOW);
            }
        }

        assertThat(different).isEmpty();
        assertThat(meant).isEqualTo(MEANT.keySet());
        assertThat(compared).isGreaterThan(150);
    }

    /** Every sample line of every filter, by the filter's own datepattern. */
    @Test
    void detect_sampleLinesOfStockFilters_agrees() throws IOException {
        Instant now = Instant.parse("2005-08-14T10:00:00Z");
        for (String filter : InstalledFilters.withSamples()) {
            String pattern = InstalledFilters.datepattern(filter);
            for (String line : InstalledFilters.samples(filter)) {
                if (!line.startsWith("#") && !line.isBlank()) {
                    compare(pattern, line, now);
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(700);
    }

    /** Times without a year, read at any moment; what they are completed to is compared, and what is left. */
    @Test
    void detect_timesWithoutAYear_agrees() throws IOException {
        for (int i = 0; i < 2000; i++) {
            LocalDateTime read =
                    LocalDateTime.of(2023 + random.nextInt(6), 1, 1, 0, 0).plusSeconds(random.nextInt(366 * 86_400));
            LocalDateTime written = random.nextBoolean()
                    ? read.plusSeconds(random.nextInt(6 * 86_400) - 3 * 86_400)
                    : LocalDateTime.of(2024, 1, 1, 0, 0).plusSeconds(random.nextInt(366 * 86_400));
            boolean leapDay = written.getMonthValue() == 2 && written.getDayOfMonth() == 29;
            boolean acrossNewYear = read.getDayOfYear() > 364 && written.getDayOfYear() < 3;
            boolean aDayAhead = Math.abs(read.plusDays(1).getDayOfYear() - written.getDayOfYear()) < 2;
            // Meant: 29 February is of a leap year; on New Year's Eve, 1 January may be tomorrow's.
            if (!leapDay && !acrossNewYear) {
                compare("", text("MMM dd HH:mm:ss", written) + " x", read.toInstant(ZoneOffset.UTC));
            }
            if (!aDayAhead) {
                compare("%H:%M:%S", text("HH:mm:ss", written.minusMinutes(2)), read.toInstant(ZoneOffset.UTC));
            }
        }

        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe"})
    void detect_timesOfAZoneWithSummerTime_agrees(String name) throws IOException {
        oracle.place(name);
        ZoneId zone = ZoneId.of(name);
        for (int i = 0; i < 1000; i++) {
            LocalDateTime written = LocalDateTime.of(2020, 1, 1, 0, 0).plusMinutes(random.nextInt(6 * 365 * 1440));
            // Meant: see WallClock for the hours that clocks show twice or never.
            if (zone.getRules().getValidOffsets(written).size() == 1) {
                compare("", text("uuuu-MM-dd HH:mm:ss", written) + " x", NOW, zone);
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(900);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "CET", "PST", "UTC+0100", "-03:30", "+02", "CEST-0100", "NPT"})
    void detect_logtimezone_agrees(String name) throws IOException {
        oracle.place("America/New_York");
        ZoneId zone = LogZone.parse(name).orElseThrow();
        logZone = name;
        for (String line : List.of("2026-07-20 11:03:14 x", "2026-07-20 11:03:14+0200 x", "Jan 20 11:03:14 x")) {
            compare("", line, NOW, zone);
        }

        assertThat(different).isEmpty();
    }

    @Test
    void parse_anyZone_agrees() throws IOException {
        List<String> names =
                new ArrayList<>(List.of("", "XYZ", "cet", "CET ", "CETT", "CE+01", "CET+1", "A+20", "Z+0000"));
        for (String known : oracle.names()) {
            names.add(known.substring(0, known.indexOf('=')));
        }
        for (String name : List.copyOf(names)) {
            for (String offset : List.of("+01", "-0330", "+09:45", "-11", "+1", "0100", "+2000")) {
                names.add(name + offset);
            }
        }
        for (String name : names) {
            String theirs = oracle.zone(name);
            String ours = LogZone.parse(name)
                    .filter(ZoneOffset.class::isInstance)
                    .map(zone -> Integer.toString(((ZoneOffset) zone).getTotalSeconds() / 60))
                    .orElse("refused");
            // Of two letters fail2ban knows some, yet refuses them.
            boolean twoLetters = name.matches("(?:ET|NT|PT|WT).*") && theirs.startsWith("refused");
            boolean meant = twoLetters || MEANT_ZONES.contains(name) || isTooFar(theirs);
            if (!meant && !ours.equals(theirs.startsWith("refused") ? "refused" : theirs)) {
                different.add(name + ": fail2ban " + theirs + ", here " + ours);
            }
        }

        assertThat(different).isEmpty();
        assertThat(names).hasSizeGreaterThan(1500);
    }

    /** No clock is further than 18 hours from Greenwich's. */
    private static boolean isTooFar(String minutes) {
        return minutes.matches("-?[0-9]{4}") && Math.abs(Integer.parseInt(minutes)) > 18 * 60;
    }

    private static String text(String form, LocalDateTime time) {
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(time);
    }

    private static List<String> table() throws IOException {
        try (InputStream table = DateParityTest.class.getResourceAsStream("datepatterns.txt")) {
            return new String(Objects.requireNonNull(table).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private void compare(String pattern, String line, Instant now) throws IOException {
        compare(pattern, line, now, ZoneOffset.UTC);
    }

    private void compare(String pattern, String line, Instant now, ZoneId zone) throws IOException {
        compared++;
        DateOracle.Answer theirs = oracle.read(pattern, logZone, line, now);
        DateOracle.Answer ours = DateOracle.ours(pattern, line, now, zone);
        if (theirs.time().equals("failed impossible") && ours.time().equals("none")) {
            return;
        }
        if (!theirs.equals(ours)) {
            if (MEANT.containsKey(pattern + " | " + line)) {
                meant.add(pattern + " | " + line);
            } else {
                different.add("%s | %s | fail2ban %s | here %s".formatted(pattern, line, theirs, ours));
            }
        }
    }
}
