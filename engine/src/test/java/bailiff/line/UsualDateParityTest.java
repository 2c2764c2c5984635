package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The usual forms of times, behind all kinds of beginnings, by the patterns that look for any of them: an installed
 * fail2ban reads the same, save where a {@link Reason} says why not and what is read instead.
 */
class UsualDateParityTest {

    private static final long SEED = 20261121;
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private static final List<String> PATTERNS = List.of("", "{^LN-BEG}", "{DATE}", "^[^\\[]*\\[({DATE})");

    private static final List<String> PREFIXES =
            List.of("", " ", "[", "- ", "192.0.2.1 - - [", "<85>", "vm app: ", "word", "7");

    private static final List<String> FORMS = List.of(
            "uuuu-MM-dd HH:mm:ss",
            "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'",
            "uuuu-MM-dd'T'HH:mm:ss,SSSSSS'+0130'",
            "uuuu-MM-dd'T'HH:mm:ss'-05:00'",
            "uuuu-MM-dd  HH:mm:ss ' GMT'",
            "uuuu/MM/dd HH:mm:ss",
            "uuuu.MM.dd HH:mm:ss",
            "EEE MMM dd HH:mm:ss",
            "EEE MMM dd HH:mm:ss.SSS uuuu",
            "MMM dd HH:mm:ss uuuu",
            "MMM ppd HH:mm:ss",
            "EEE MMM dd uuuu HH:mm:ss",
            "MMM dd uuuu ppH:mm:ss.SSS",
            "dd/MM/uuuu HH:mm:ss",
            "dd/MM/uu HH:mm:ss",
            "dd-MM-uuuu HH:mm:ss",
            "dd/MMM/uuuu:HH:mm:ss",
            "dd/MMM/uuuu:HH:mm:ss '+0100'",
            "dd-MMM-uuuu HH:mm:ss.SS",
            "dd-MMM-uuuu HH:mm:ss '-0930'",
            "MM/dd/uuuu:HH:mm:ss",
            "HH:mm:ss",
            "'<'MM/dd/uu'@'HH:mm:ss'>'",
            "uuMMdd HH:mm:ss",
            "uuMMdd  H:mm:ss",
            "MMM dd, uuuu hh:mm:ss a",
            "MMM-dd-uu HH:mm:ss",
            "uuuuMMdd'T'HHmmss",
            "uuuuMMdd HHmmss",
            "uuuuMMdd'T'HHmmss.SSS'+0200'",
            "'PDT' MMM dd HH:mm:ss",
            "'WEST' EEE MMM dd HH:mm:ss uuuu",
            "'ANAST' MMM dd HH:mm:ss",
            "'Z' MMM dd HH:mm:ss",
            "'+00:00' MMM dd HH:mm:ss.SSS uuuu",
            "'-0330' MMM dd HH:mm:ss",
            "'@400000006'HHmmss'0f200000000'",
            "'17'HHmmss'00'",
            "'17'HHmmss'00.123'",
            "'audit(17'HHmmss'00.123:987)'");

    /** What fail2ban reads at the very start of a line only. */
    private static final Set<String> AT_THE_START = Set.of(
            "HH:mm:ss",
            "'<'MM/dd/uu'@'HH:mm:ss'>'",
            "MMM-dd-uu HH:mm:ss",
            "'17'HHmmss'00'",
            "'17'HHmmss'00.123'",
            "'audit(17'HHmmss'00.123:987)'");

    private static final String ZONE_FIRST = "'Z' MMM dd HH:mm:ss";

    /** Why we read a line otherwise than fail2ban. */
    private enum Reason {
        /** Every form is read behind a beginning, also the few that fail2ban reads at the very start only. */
        FURTHER_IN,
        /** A syslog priority is a beginning as any other for {@code {^LN-BEG}}. */
        PRIORITY,
        /** fail2ban fails on a word that ends in Z in front of a month; it is no zone. */
        WORD_AS_ZONE,
        /** A time without a day in the middle of a line is too short to be believed. */
        BARE_TIME,
        /** Eleven digits of seconds are no time. */
        ELEVEN_DIGITS
    }

    /** A line: its beginning, a time in that form, and what follows. */
    private record Line(String pattern, String prefix, String form, String time, String end) {

        String text() {
            return prefix + time + end;
        }
    }

    private final Random random = new Random(SEED);
    private final List<String> different = new ArrayList<>();
    private final Set<Reason> met = EnumSet.noneOf(Reason.class);
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
    void detect_usualForms_agrees() throws IOException {
        for (String pattern : PATTERNS) {
            for (String form : FORMS) {
                for (String prefix : PREFIXES) {
                    for (int i = 0; i < 4; i++) {
                        compare(new Line(pattern, prefix, form, written(form), i % 2 == 0 ? "] \"a b" : " a b"));
                    }
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(met).isEqualTo(EnumSet.allOf(Reason.class));
    }

    private void compare(Line line) throws IOException {
        DateOracle.Answer theirs = theirs(line.pattern(), line.text());
        DateOracle.Answer ours = DateOracle.ours(line.pattern(), line.text(), NOW, ZoneOffset.UTC);
        if (theirs.equals(ours)) {
            return;
        }
        Optional<Reason> reason = reason(line, theirs);
        if (reason.isPresent() && isMeant(reason.get(), line, ours)) {
            met.add(reason.get());
        } else {
            different.add("%s | %s | fail2ban %s | here %s | %s"
                    .formatted(line.pattern(), line.text(), theirs, ours, reason));
        }
    }

    /** Why fail2ban's answer is not ours. */
    private static Optional<Reason> reason(Line line, DateOracle.Answer theirs) {
        boolean none = theirs.time().equals("none");
        if (none && AT_THE_START.contains(line.form())) {
            return Optional.of(Reason.FURTHER_IN);
        }
        if (none && line.pattern().equals("{^LN-BEG}") && line.prefix().equals("<85>")) {
            return Optional.of(Reason.PRIORITY);
        }
        if (theirs.time().equals("failed impossible")
                && line.form().equals(ZONE_FIRST)
                && line.prefix().equals("word")) {
            return Optional.of(Reason.WORD_AS_ZONE);
        }
        if (theirs.time().matches("[0-9]{11}") && line.prefix().equals("7")) {
            return Optional.of(Reason.ELEVEN_DIGITS);
        }
        return line.pattern().equals("{DATE}")
                        && taken(line.text(), theirs.rest()).matches("[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
                ? Optional.of(Reason.BARE_TIME)
                : Optional.empty();
    }

    /** Whether ours is right: as fail2ban reads the same time at the start of a line, or no time at all. */
    private boolean isMeant(Reason reason, Line line, DateOracle.Answer ours) throws IOException {
        DateOracle.Answer untouched = new DateOracle.Answer("none", line.text());
        return switch (reason) {
            case FURTHER_IN, PRIORITY -> ours.equals(behind(line.prefix(), line.time() + line.end()));
            case WORD_AS_ZONE -> {
                String withoutZone = line.time().substring("Z ".length());
                yield ours.equals(
                        line.pattern().equals("{^LN-BEG}")
                                ? untouched
                                : behind(line.prefix() + "Z ", withoutZone + line.end()));
            }
            case BARE_TIME ->
                ours.equals(untouched)
                        || (AT_THE_START.contains(line.form())
                                && ours.equals(behind(line.prefix(), line.time() + line.end())));
            case ELEVEN_DIGITS -> ours.equals(untouched);
        };
    }

    /** fail2ban's answer to a line that begins with the time, as if something stood in front of it. */
    private DateOracle.Answer behind(String prefix, String rest) throws IOException {
        DateOracle.Answer alone = theirs("", rest);
        return new DateOracle.Answer(alone.time(), prefix + alone.rest());
    }

    private DateOracle.Answer theirs(String pattern, String line) throws IOException {
        return oracle.read(pattern, "-", line, NOW);
    }

    /** What is missing in the rest. */
    private static String taken(String line, String rest) {
        int at = 0;
        while (at < rest.length() && rest.charAt(at) == line.charAt(at)) {
            at++;
        }
        return line.substring(at, at + line.length() - rest.length());
    }

    private String written(String form) {
        LocalDateTime time = LocalDateTime.of(2026, 11, 20, 0, 0).minusSeconds(random.nextInt(300 * 86_400));
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(time);
    }
}
