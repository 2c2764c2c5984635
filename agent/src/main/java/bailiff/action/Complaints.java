package bailiff.action;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What fails in a jail's actions: each trouble is logged when it begins, and shown until it is over. Safe for any thread.
 */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");

    /** A trouble that goes on. */
    private record Trouble(String words, long times) {}

    private final String jail;
    private final Map<String, Trouble> troubles = new LinkedHashMap<>();

    Complaints(String jail) {
        this.jail = jail;
    }

    /**
     * Something failed.
     *
     * @param what the action's label and what it was told to do, the same for the same trouble
     * @param message for the log, in fail2ban's words
     */
    synchronized void failed(Key what, String message) {
        Trouble before = troubles.get(what.text());
        if (before == null) {
            LOG.error("{}", message);
        } else {
            LOG.debug("{}", message);
        }
        troubles.put(what.text(), new Trouble(message, before == null ? 1 : before.times() + 1));
    }

    /** Something that may have failed before did not. */
    synchronized void succeeded(Key what) {
        if (troubles.remove(what.text()) != null) {
            LOG.info("[{}] Action {} succeeds again: {}", jail, what.label(), what.doing());
        }
    }

    /** An action is gone, and what it failed in no longer matters. */
    synchronized void forget(String label) {
        troubles.keySet().removeIf(what -> what.startsWith(label + "\n"));
    }

    /** What fails now, a sentence each. */
    synchronized List<String> now() {
        return troubles.values().stream()
                .map(trouble -> trouble.words() + (trouble.times() > 1 ? " (" + trouble.times() + " times)" : ""))
                .toList();
    }

    /**
     * What can fail.
     *
     * @param label the action's
     * @param doing what it was told to do
     */
    record Key(String label, String doing) {

        private String text() {
            return label + "\n" + doing;
        }
    }
}
