package bailiff.guard;

import bailiff.action.Shell;
import bailiff.action.SightingTags;
import bailiff.ban.Excuse;
import bailiff.ban.Excuse.Answer;
import bailiff.config.IgnoreCache;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.line.Printable;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the administrator's command whether a failure is to be ignored: fail2ban's {@code ignorecommand}, with its
 * {@code ignorecache}.
 *
 * <p>The jail waits for the command, though not for ever: one that did not answer in time three times running is left
 * alone for a minute, and meanwhile no failure counts that it would have been asked about. Not thread-safe: the jail's
 * thread owns it.
 */
final class IgnoreCommand implements Excuse {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int MOST_IN_A_ROW = 3;

    /* The exit codes of the shell itself: it could not run the command, or a signal ended that. It has said nothing. */
    private static final int CANNOT_RUN = 126;
    private static final int LAST_SIGNAL = 128 + 64;

    private static final Duration REST = Duration.ofMinutes(1);
    private static final int LONGEST_KEY = 1_000;

    private record Known(Answer answer, Instant until) {}

    private final String jail;
    private final String command;
    private final IgnoreCache cache;
    private final Shell shell;
    private final InstantSource clock;
    private final Map<String, Known> answers = new LinkedHashMap<>(16, 0.75f, true);
    private Instant restsUntil = Instant.MIN;
    private int silentInARow;
    private long unanswered;
    private String lastFault = "";
    private LogLine line = LogLine.of("");

    /** The command, with tags, and for how long its answers are remembered; an empty one ignores nobody. */
    IgnoreCommand(String jail, String command, IgnoreCache cache, Shell shell, InstantSource clock) {
        this.jail = jail;
        this.command = command;
        this.cache = cache;
        this.shell = shell;
        this.clock = clock;
    }

    /** The line that the failures which are asked about from now on stand in. */
    void reading(LogLine read) {
        line = read;
    }

    @Override
    public Answer of(Sighting sighting, IpAddress address) {
        if (command.isEmpty()) {
            return Answer.NO;
        }
        SightingTags tags = new SightingTags(sighting, address, line.text());
        if (cache.key().isEmpty()) {
            return ask(tags);
        }
        String key = key(tags);
        Known known = answers.get(key);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.answer();
        }
        Answer answer = ask(tags);
        if (answer != Answer.UNKNOWN) {
            remember(key, answer);
        }
        return answer;
    }

    private void remember(String key, Answer answer) {
        answers.put(key, new Known(answer, clock.instant().plus(cache.maxTime())));
        Iterator<String> oldest = answers.keySet().iterator();
        while (answers.size() > Math.max(1, cache.maxCount())) {
            oldest.next();
            oldest.remove();
        }
    }

    private String key(SightingTags tags) {
        String key = tags.text(cache.key());
        return key.length() <= LONGEST_KEY ? key : key.substring(0, LONGEST_KEY);
    }

    private Answer ask(SightingTags tags) {
        if (clock.instant().isBefore(restsUntil)) {
            unanswered++;
            return Answer.UNKNOWN;
        }
        Shell.Outcome outcome = shell.run(tags.command(command), PATIENCE);
        int code = outcome.code();
        if (code == Shell.NO_CODE) {
            return silent(outcome.words());
        }
        if (code >= CANNOT_RUN && code <= LAST_SIGNAL) {
            return silent("could not be run or was killed: exit code " + code);
        }
        silentInARow = 0;
        if (code > 1) {
            fault("ended with exit code " + code + ", which is neither 0 nor 1, so the failure counts");
        }
        return code == 0 ? Answer.YES : Answer.NO;
    }

    private Answer silent(String why) {
        unanswered++;
        silentInARow++;
        fault(why);
        if (silentInARow >= MOST_IN_A_ROW) {
            silentInARow = 0;
            restsUntil = clock.instant().plus(REST);
        }
        return Answer.UNKNOWN;
    }

    private void fault(String what) {
        if (!what.equals(lastFault)) {
            LOG.warn("[{}] The ignorecommand {}.", jail, Printable.text(what));
        }
        lastFault = what;
    }

    /** What is wrong with the command; empty when nothing was. */
    String problem() {
        if (lastFault.isEmpty()) {
            return "";
        }
        String count = unanswered == 0
                ? ""
                : " It did not answer for " + unanswered + " failures, and nobody was blamed for them.";
        return "The ignorecommand " + Printable.text(lastFault) + "." + count;
    }
}
