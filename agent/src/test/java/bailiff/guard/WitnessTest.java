package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Event;
import bailiff.config.EvidenceOptions;
import bailiff.evidence.site.Account;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Outcome;
import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import bailiff.shield.Question;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a jail's events and the shield's questions come to for the evidence. */
class WitnessTest {

    private static final String BLOG = "blog.example.test";

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock(Site.NOON);
    private SiteWatch watch;
    private Witness witness;

    @BeforeEach
    void begin() {
        watch = SiteWatch.in(directory, clock);
        witness = watch.witness("wordpress", EvidenceOptions.USUAL);
    }

    private Sighting sighting(String address, int attempts, String... groups) {
        Map<String, String> taken = new HashMap<>(Map.of("site", BLOG, "user", "Admin"));
        for (int i = 0; i < groups.length; i += 2) {
            taken.put(groups[i], groups[i + 1]);
        }
        taken.values().removeIf(String::isEmpty);
        return new Sighting(clock.instant(), address, 0, attempts, taken);
    }

    private Event.Found found(Sighting sighting) {
        IpAddress address = sighting.address().orElseThrow();
        return new Event.Found(sighting, address, address.alone(), 1);
    }

    private Testimony told(Event event) {
        return Testimony.of(event, clock.instant()).orElseThrow();
    }

    private static String bot(int number) {
        return "198.51." + number + ".7";
    }

    private Question question(String address, String user) {
        byte[] line = ("ask ip=" + address + " door=login site=" + BLOG + " user=" + user
                        + " known=1 form=0 referer=none agent=tool/1")
                .getBytes(StandardCharsets.US_ASCII);
        return Question.parse(line, 0, line.length).orElseThrow();
    }

    /** Asks as the shield does; gives what is said against the attempt. */
    private Optional<String> ask(String address, boolean observe) {
        return ask(address, "admin", observe);
    }

    private Optional<String> ask(String address, String user, boolean observe) {
        Question question = question(address, user);
        var against = watch.against(question, clock.instant());
        watch.answered(question, against.isPresent() && !observe, clock.instant());
        return against.map(objection -> objection.reason().word() + " " + objection.why());
    }

    /** Each bot tries an account of its own, so that only their requests are alike. */
    private void campaign() {
        for (int number = 0; number < 40; number++) {
            if (ask(bot(number), "user" + number, false).isEmpty()) {
                witness.hear(found(sighting(bot(number), 1, "user", "user" + number)), true, clock.instant());
            }
            clock.pass(Duration.ofMinutes(1));
        }
    }

    private static long attempts(Optional<String> objection) {
        String sentence = objection.orElseThrow();
        int end = sentence.indexOf(" attempts since");
        return Long.parseLong(sentence.substring(sentence.lastIndexOf(' ', end - 1) + 1, end));
    }

    @Test
    void of_failure_tellsAccountDoorAndWeight() {
        Testimony told = told(found(sighting("192.0.2.1", 3, "door", "XML-RPC")));

        assertThat(told.site()).isEqualTo(BLOG);
        assertThat(told.attempt().login().user()).isEqualTo("admin");
        assertThat(told.attempt().login().account()).isEqualTo(Account.KNOWN);
        assertThat(told.attempt().login().outcome()).isEqualTo(Outcome.FAILURE);
        assertThat(told.attempt().login().weight()).isEqualTo(3);
        assertThat(told.attempt().request().door()).isEqualTo(Door.XMLRPC);
    }

    @Test
    void of_unknownName_isWeighedOnceThoughTheJailCountsItTwice() {
        Testimony told = told(found(sighting("192.0.2.1", 2, "twice", "unknown", "door", "REST")));

        assertThat(told.attempt().login().account()).isEqualTo(Account.UNKNOWN);
        assertThat(told.attempt().login().weight()).isEqualTo(1);
        assertThat(told.attempt().request().door()).isEqualTo(Door.REST);
    }

    @Test
    void of_stalePassword_isARepeat() {
        Testimony told = told(new Event.Ignored(sighting("192.0.2.1", 1, "repeat", " (repeat)")));

        assertThat(told.attempt().login().repeat()).isTrue();
        assertThat(Testimony.of(new Event.Ignored(sighting("192.0.2.1", 1)), clock.instant()))
                .as("what an owner's own ignoreregex excuses")
                .isEmpty();
    }

    @Test
    void of_whatIsNoLogin_isNothing() {
        IpAddress address = IpAddress.parse("192.0.2.1").orElseThrow();

        assertThat(Testimony.of(found(sighting("192.0.2.1", 1, "user", "")), clock.instant()))
                .isEmpty();
        assertThat(Testimony.of(found(sighting("192.0.2.1", 1, "site", "")), clock.instant()))
                .isEmpty();
        assertThat(Testimony.of(found(sighting("192.0.2.1", 1, "site", "x".repeat(101))), clock.instant()))
                .isEmpty();
        assertThat(Testimony.of(new Event.Spared(sighting("192.0.2.1", 1), address), clock.instant()))
                .isEmpty();
    }

    @Test
    void refused_withTheLineThatTellsOfIt_countsOnce() {
        campaign();
        long before = attempts(ask("203.0.113.1", false));
        witness.hear(found(sighting("203.0.113.1", 1, "blocked", "Blocked")), true, clock.instant());
        long after = attempts(ask("203.0.113.1", false));

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void refused_withoutAnyLine_countsOnceAsWell() {
        campaign();
        long before = attempts(ask("203.0.113.1", false));
        long after = attempts(ask("203.0.113.1", false));

        assertThat(after).isEqualTo(before + 1);
    }

    @Test
    void refused_butObserved_isCountedByItsLineAlone() {
        campaign();
        long before = attempts(ask("203.0.113.1", true));
        assertThat(attempts(ask("203.0.113.1", true))).isEqualTo(before);

        witness.hear(found(sighting("203.0.113.1", 1)), true, clock.instant());

        assertThat(attempts(ask("203.0.113.1", true))).isEqualTo(before + 1);
    }

    @Test
    void refused_forEver_isBannedWithALineForEach() {
        campaign();
        Optional<Judgement.Ban> ban = Optional.empty();
        for (int asked = 0; asked < 200 && ban.isEmpty(); asked++) {
            ask("203.0.113.1", false);
            ban = blocked("203.0.113.1");
        }

        assertThat(ban).hasValueSatisfying(found -> assertThat(found.subject()).hasToString("203.0.113.1"));
    }

    @Test
    void refused_forEverWithOneLineOfAll_isBannedByNoQuestion() {
        campaign();
        for (int asked = 0; asked < 200; asked++) {
            ask("203.0.113.1", false);
        }

        assertThat(blocked("203.0.113.1")).isEmpty();
    }

    private Optional<Judgement.Ban> blocked(String address) {
        return witness.hear(found(sighting(address, 1, "blocked", "Blocked")), true, clock.instant());
    }

    @Test
    void hear_lineOfABacklog_happenedWhenItSays() {
        for (int failure = 0; failure < 9; failure++) {
            Instant day = clock.instant().minus(Duration.ofDays(1));
            witness.hear(found(sighting("192.0.2.1", 1).at(day)), false, clock.instant());
        }
        Event.Found last = found(sighting("192.0.2.1", 1).at(clock.instant().plus(Duration.ofDays(1))));

        assertThat(witness.hear(last, false, clock.instant()))
                .as("and not in the future, whatever the log's clock says")
                .hasValueSatisfying(ban ->
                        assertThat(ban.reason()).startsWith("10 failed logins").contains(" over 24 hours"));
    }

    @Test
    void hear_sameLineInTwoJails_countsOnce() {
        Witness other = watch.witness("long", EvidenceOptions.USUAL);
        for (int failure = 0; failure < 9; failure++) {
            Event.Found event = found(sighting("192.0.2.1", 1));
            witness.hear(event, true, clock.instant());
            other.hear(event, true, clock.instant());
            clock.pass(Duration.ofSeconds(1));
        }

        assertThat(ask("192.0.2.1", true))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("evidence 9 failed logins"));
    }

    @Test
    void against_jailHasStopped_nothingIsSaid() {
        campaign();

        watch.jailStopped("wordpress");

        assertThat(ask("203.0.113.1", false)).isEmpty();
    }

    @Test
    void against_sourceOfManyFailures_isEvidenceOfItsAddress() {
        for (int failure = 0; failure < 8; failure++) {
            witness.hear(found(sighting("192.0.2.1", 1)), true, clock.instant());
        }

        assertThat(ask("192.0.2.1", false))
                .hasValueSatisfying(sentence -> assertThat(sentence).startsWith("evidence 8 failed logins"));
    }
}
