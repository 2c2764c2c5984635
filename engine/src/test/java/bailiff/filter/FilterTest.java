package bailiff.filter;

import static bailiff.filter.Recipe.NOW;
import static bailiff.filter.Recipe.apply;
import static bailiff.filter.Recipe.blamed;
import static bailiff.filter.Recipe.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private static final Instant LINE_TIME = Instant.parse("2026-11-20T11:03:14Z");

    @Test
    void apply_everyFrameOfTheRecipe_blamesTheAddress() throws RegexException {
        Filter filter = filter(Recipe.FAILREGEX.toArray(String[]::new));

        for (String frame : Recipe.FRAMES) {
            assertThat(blamed(apply(filter, frame + "Authentication failure for admin from 203.0.113.9")))
                    .as(frame)
                    .isEqualTo("203.0.113.9");
            assertThat(blamed(apply(filter, frame + "Pingback error 17 generated from 2001:db8:2::1f")))
                    .as(frame)
                    .isEqualTo("2001:db8:2::1f");
        }
    }

    @Test
    void apply_aFailure_tellsTimeRegexAndGroups() throws RegexException {
        Filter filter = filter("^\\S+ nothing <HOST>$", "^ vm x: failed <F-USER>.*</F-USER> from <HOST>$");

        Outcome outcome = apply(filter, "2026-11-20T11:03:14Z vm x: failed eve from 203.0.113.9");

        Sighting expected = new Sighting(LINE_TIME, "203.0.113.9", 1, 1, Map.of("user", "eve", "ip4", "203.0.113.9"));
        assertThat(outcome).isEqualTo(new Outcome.Matched(expected));
        assertThat(expected.address()).isEqualTo(IpAddress.parse("203.0.113.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin from 8.8.8.8",
                "admin from 8.8.8.8 from 1.1.1.1",
                "x generated from 8.8.8.8",
                "a\u2028Authentication failure for a from 8.8.8.8",
                "a\u0085 from 8.8.8.8\u2029",
                "a\r from 8.8.8.8",
                "a\u001b[31m from 8.8.8.8\\x1b",
                "\u202e8.8.8.8 morf",
                "2026-11-20T10:00:00Z from 8.8.8.8",
                "Nov 20 10:00:00 vm wordpress(x)[1]: Authentication failure for a from 8.8.8.8",
                "a from 8.8.8.8 Pingback error 1 generated",
                "",
            })
    void apply_textInTheUserName_neverMovesTheBlame(String user) throws RegexException {
        Filter filter = filter(Recipe.FAILREGEX.toArray(String[]::new));

        for (String frame : Recipe.FRAMES) {
            Outcome outcome = apply(filter, frame + "Authentication failure for " + user + " from 203.0.113.9");

            assertThat(blamed(outcome)).as(frame).isEqualTo("203.0.113.9");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x from 1.2.3.4",
                "x)[1]: Authentication failure for a from 1.2.3.4",
                "[::1]",
                "a from 1.2.3.4:80"
            })
    void apply_textInTheHostHeader_neverMovesTheBlame(String host) throws RegexException {
        Filter filter = filter(Recipe.FAILREGEX.toArray(String[]::new));
        String text = "Authentication failure for admin from 203.0.113.9";

        Outcome outcome = apply(filter, "Nov 20 11:03:14 vm wordpress(" + host + ")[5002]: " + text);

        assertThat(blamed(outcome)).isIn("203.0.113.9", "unmatched");
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 2048, 8095, 8192, 20_000, 100_000})
    void apply_aLineCutBehindAForgedAddress_isNotBelieved(int length) throws RegexException {
        Filter filter = filter(Recipe.FAILREGEX.toArray(String[]::new));
        String head = Recipe.FRAMES.getFirst() + "Authentication failure for ";
        String tail = " from 8.8.8.8";
        String line = head + "a".repeat(length - head.length() - tail.length()) + tail;

        assertThat(apply(filter, line)).isInstanceOf(Outcome.Doubtful.class);
    }

    @Test
    void apply_aLongLineWhoseAddressStandsInFront_isBelieved() throws RegexException {
        Filter filter = filter("^<HOST> - \"POST .*$");
        String line = "203.0.113.9 - \"POST /" + "a".repeat(8_050) + "\" 200";

        assertThat(blamed(apply(filter, line))).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @CsvSource({
        "from 192.0.2.1, 192.0.2.1",
        "from ::ffff:192.0.2.1, 192.0.2.1",
        "from [::FFFF:192.0.2.1], 192.0.2.1",
        "from [2001:DB8::1], 2001:db8::1",
        "from 2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "from ::ffff:c000:201, 192.0.2.1",
        "from host.example.org, host.example.org",
        "from 999.1.1.1, doubtful",
        "from 010.1.1.1, doubtful",
        "from 1:2:3:4:5:6:7:8:9, unmatched",
        "from 1:2:3::5::7, doubtful",
        "from 192.0.2.1:80, unmatched",
        "from, unmatched",
    })
    void apply_writtenAddress_isNormalisedOrNotBelieved(String line, String blamed) throws RegexException {
        assertThat(blamed(apply(filter("^from <HOST>$"), line))).isEqualTo(blamed);
    }

    @ParameterizedTest
    @CsvSource({
        "from 8.8.8.8, 8.8.8.8",
        "from 8.8.8.8:443, 8.8.8.8",
        "from 8.8.8.8. Bye, 8.8.8.8",
        "from 8.8.8.8.evil.example, doubtful",
        "from 8.8.8.8-evil.example, doubtful",
        "from 8.8.8.8a, doubtful",
        "from 8.8.8.88, 8.8.8.88",
        "from 8.8.8.888, doubtful",
    })
    void apply_anAddressInsideSomethingLonger_isNotBelieved(String line, String blamed) throws RegexException {
        assertThat(blamed(apply(filter("^from <ADDR>"), line))).isEqualTo(blamed);
    }

    @Test
    void apply_aGreedyPrefix_doesNotShortenTheAddress() throws RegexException {
        assertThat(blamed(apply(filter("^.*<ADDR>$"), "from 188.8.8.8"))).isEqualTo("doubtful");
    }

    @Test
    void apply_usednsNo_takesNoNames() throws RegexException {
        FilterDefinition definition =
                new FilterDefinition("t", List.of("^from <HOST>$"), List.of(), "", "", ZoneOffset.UTC, "no");

        assertThat(blamed(apply(Filter.compile(definition), "from host.example.org")))
                .isEqualTo("unmatched");
    }

    @Test
    void apply_aName_isNoAddress() throws RegexException {
        Outcome outcome = apply(filter("^from <HOST>$"), "from host.example.org");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().address()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "<SUBNET>, 192.0.2.77/24, 192.0.2.0/24",
        "<SUBNET>, 192.0.2.77/32, 192.0.2.77",
        "<SUBNET>, 192.0.2.77/33, doubtful",
        "<IP4>/<CIDR>, 192.0.2.77/16, 192.0.0.0/16",
        "<F-ID>\\w+</F-ID>, session7, session7",
        "<F-ID>\\w+</F-ID> <ADDR>, session7 192.0.2.1, session7",
        "<IP6>, 2001:db8::, 2001:db8::",
        "<DNS>, a.example, a.example",
    })
    void apply_otherTags_blame(String failregex, String line, String blamed) throws RegexException {
        assertThat(blamed(apply(filter("^" + failregex + "$"), line))).isEqualTo(blamed);
    }

    @Test
    void apply_prefregexWithContent_showsOnlyThatToTheOthers() throws RegexException {
        FilterDefinition definition = new FilterDefinition(
                "t",
                List.of("^no <F-USER>\\S+</F-USER>$"),
                List.of(),
                "^\\s*app: \\(<HOST>\\) <F-CONTENT>.+</F-CONTENT>$",
                "",
                ZoneOffset.UTC,
                "warn");

        Outcome outcome = apply(Filter.compile(definition), "Nov 20 11:03:14 app: (192.0.2.1) no bob");

        Map<String, String> groups = Map.of("ip4", "192.0.2.1", "user", "bob");
        assertThat(outcome).isEqualTo(new Outcome.Matched(new Sighting(LINE_TIME, "192.0.2.1", 0, 1, groups)));
    }

    @Test
    void apply_prefregexThatDoesNotMatch_isUnmatched() throws RegexException {
        FilterDefinition definition =
                new FilterDefinition("t", List.of("<HOST>"), List.of(), "^app: ", "", ZoneOffset.UTC, "warn");

        assertThat(apply(Filter.compile(definition), "other: 192.0.2.1")).isEqualTo(Outcome.UNMATCHED);
    }

    @Test
    void apply_ignoreregex_excuses() throws RegexException {
        FilterDefinition definition = new FilterDefinition(
                "t", List.of("^no .* from <HOST>$"), List.of("never", "no monitor"), "", "", ZoneOffset.UTC, "warn");
        Filter filter = Filter.compile(definition);

        assertThat(blamed(apply(filter, "no monitor from 192.0.2.1"))).isEqualTo("ignored");
        assertThat(blamed(apply(filter, "no eve from 192.0.2.1"))).isEqualTo("192.0.2.1");
    }

    @Test
    void apply_anUndatedLine_takesTheLastTimeSeen() throws RegexException {
        Filter filter = filter("^\\s*no <HOST>$");

        Outcome first = apply(filter, "no 192.0.2.1");
        apply(filter, "Nov 20 11:03:14 no 192.0.2.1");
        Outcome third = apply(filter, "no 192.0.2.1");

        Sighting undated = new Sighting(NOW, "192.0.2.1", 0, 1, Map.of("ip4", "192.0.2.1"));
        assertThat(first).isEqualTo(new Outcome.Matched(undated));
        assertThat(third).isEqualTo(new Outcome.Matched(new Sighting(LINE_TIME, "192.0.2.1", 0, 1, undated.groups())));
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "0, 1", "10000, 10000", "10001, 10000", "99999999999999999999, 10000"})
    void apply_attempts_areBounded(String written, int attempts) throws RegexException {
        Filter filter = filter("^<HOST> x<F-ATTEMPTS>\\d+</F-ATTEMPTS>$");

        Outcome outcome = apply(filter, "192.0.2.1 x" + written);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().attempts()).isEqualTo(attempts));
    }

    @Test
    void apply_anEmptyUser_isReplacedByTheNextOther() throws RegexException {
        Filter filter = filter(
                "^<F-USER>\\w*</F-USER>, <F-ALT_USER_1>\\w*</F-ALT_USER_1>, <F-ALT_USER>\\w*</F-ALT_USER> <ADDR>$");

        Outcome outcome = apply(filter, ", second,  192.0.2.1");

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().user()).contains("second"));
    }

    @Test
    void apply_aMatchThatBlamesNobody_isDoubtful() throws RegexException {
        assertThat(blamed(apply(filter("^failed(?: from <HOST>)?$"), "failed"))).isEqualTo("doubtful");
    }

    @Test
    void apply_randomBytes_neverThrows() throws RegexException {
        long seed = 2;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Filter filter = filter(Recipe.FAILREGEX.toArray(String[]::new));
        byte[] line = (Recipe.FRAMES.getFirst() + "Authentication failure for admin from 203.0.113.9")
                .getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = line.clone();
            for (int j = random.nextInt(6); j >= 0; j--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            int to = random.nextInt(mutated.length + 1);
            assertThat(filter.apply(LogLine.of(mutated, 0, to), NOW))
                    .as("seed %d", seed)
                    .isNotNull();
        }
    }

    @Test
    void compile_aFailregexWithoutId_isRefusedInFail2bansWords() {
        assertThatExceptionOfType(RegexException.class)
                .isThrownBy(() -> filter("^fine <HOST>$", "^failed$"))
                .withMessage("No failure-id group in '^failed$'")
                .satisfies(e -> assertThat(e.index()).isEqualTo(1));
    }

    @Test
    void compile_severalBadExpressions_tellsThemAll() {
        FilterDefinition definition = new FilterDefinition(
                "t", List.of("<HOST>", "<HOST>("), List.of("["), "(?P<", "%Q", ZoneOffset.UTC, "warn");

        assertThatExceptionOfType(RegexException.class)
                .isThrownBy(() -> Filter.compile(definition))
                .satisfies(e -> assertThat(e.option()).isEqualTo(RegexException.Option.PREFREGEX))
                .satisfies(e -> assertThat(e.getSuppressed())
                        .extracting(other -> ((RegexException) other).option())
                        .containsExactly(
                                RegexException.Option.FAILREGEX,
                                RegexException.Option.IGNOREREGEX,
                                RegexException.Option.DATEPATTERN));
    }

    @Test
    void warnings_aFilterWithoutFailregex_saysSo() throws RegexException {
        assertThat(filter().warnings()).containsExactly("failregex is empty: the filter finds nothing.");
    }

    @Test
    void apply_idThatIsAnAddressWithinAName_isDoubted() throws RegexException {
        Filter filter = filter("^fail id=<F-ID>(?:\\d{1,3}\\.){3}\\d{1,3}</F-ID>");

        assertThat(filter.apply(LogLine.of("fail id=8.8.8.8.evil"), NOW)).isInstanceOf(Outcome.Doubtful.class);
        assertThat(filter.apply(LogLine.of("fail id=8.8.8.8 evil"), NOW)).isInstanceOf(Outcome.Matched.class);
    }
}
