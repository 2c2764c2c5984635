package bailiff.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** {@link LogLayout}, and the loggers that use it. */
class LogLayoutTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:01:02.345678Z"));

    private final LogLayout terminal = new LogLayout(false, CLOCK, ZoneId.of("Europe/Berlin"));
    private final LogLayout journal = new LogLayout(true, CLOCK, ZoneId.of("Europe/Berlin"));

    @AfterEach
    void reset() {
        LogLevel.set(Level.INFO);
    }

    @Test
    void line_terminal_hasLocalTimeAndLevel() {
        assertThat(terminal.line(Level.INFO, "[wordpress] Ban 203.0.113.9", null))
                .isEqualTo("2026-11-20 13:01:02,345 INFO  [wordpress] Ban 203.0.113.9");
        assertThat(terminal.line(Level.ERROR, "x", null)).isEqualTo("2026-11-20 13:01:02,345 ERROR x");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, <3>x", "WARN, <4>x", "INFO, <6>x", "DEBUG, <7>x", "TRACE, <7>x"})
    void line_journal_hasThePriority(Level level, String line) {
        assertThat(journal.line(level, "x", null)).isEqualTo(line);
    }

    @Test
    void line_hostileMessage_isOnePrintableLine() {
        String line = journal.line(Level.WARN, "a\r\n<0>b\u001b[2J\u202e", new IllegalStateException("c\nd\u0007"));

        assertThat(line).isEqualTo("<4>a\\x0d\\x0a<0>b\\x1b[2J\\u202e (java.lang.IllegalStateException: c\\x0ad\\x07)");
    }

    @Test
    void line_longMessage_isCut() {
        assertThat(journal.line(Level.INFO, "x".repeat(10_000), null)).hasSizeLessThan(LogLayout.LONGEST + 10);
    }

    @Test
    void line_causeAtDebug_saysWhereItWasThrown() {
        IllegalStateException thrown = new IllegalStateException("c");
        assertThat(journal.line(Level.ERROR, "a", thrown)).isEqualTo("<3>a (java.lang.IllegalStateException: c)");

        LogLevel.set(Level.DEBUG);

        assertThat(journal.line(Level.ERROR, "a", thrown)).contains("line_causeAtDebug_saysWhereItWasThrown");
    }

    @Test
    void logger_levelSet_logsFromThereOn() {
        var logger = LoggerFactory.getLogger("bailiff.test");
        assertThat(logger).isInstanceOf(StderrLogger.class);
        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isDebugEnabled()).isFalse();

        LogLevel.set(Level.ERROR);

        assertThat(logger.isErrorEnabled()).isTrue();
        assertThat(logger.isWarnEnabled()).isFalse();
    }
}
