package bailiff.report;

import bailiff.filter.Door;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds who got in after having guessed: what an owner must know before all else. Stateless. */
final class BreakIns {

    /*
     * Who logs in from where he did before, and mistyped his password in between, is no burglar; neither is who set it
     * anew by mail, nor who has a handful of failures. An accepted login of one attack's kind without guesses of its own
     * is one too, unless its source goes on as a browser does.
     *
     * XML-RPC answers a right password with 200 like a wrong one. But who got one and the same refusal all the time, and
     * then a longer answer, was perhaps let in; so much can be said, no more: system.listMethods is answered to anybody.
     */

    /** People give up, or ask for a new password, before that. */
    static final int GUESSES = 10;

    /** Of whom he guessed at, so many names are told. */
    private static final int MOST_USERS = 8;

    /** A refusal with the headers that some logs count is no longer than that; the answer to a right login is 680. */
    private static final int LONGEST_REFUSAL = 640;

    /** The list of methods, which anybody gets, is longer than that; the answer to a login is some hundred for each site. */
    private static final int LONGEST_WELCOME = 3_000;

    private BreakIns() {}

    /** Who got in, each source once, by time. */
    static List<BreakIn> of(Chronicle chronicle, Map<Integer, List<Event>> bySource, Replies replies, Attacks attacks) {
        List<BreakIn> found = new ArrayList<>();
        bySource.forEach((source, events) -> {
            Sources.Source told = chronicle.sources().get(source);
            if (!told.isVouched()) {
                new Trail(told, chronicle.texts(), replies, attacks)
                        .follow(events)
                        .ifPresent(found::add);
            }
        });
        found.sort(Comparator.comparing(BreakIn::certain).reversed().thenComparingLong(BreakIn::millis));
        return found;
    }

    /** What one source did, until it was let in. */
    private static final class Trail {

        private final Sources.Source told;
        private final Texts texts;
        private final Replies replies;
        private final Attacks attacks;
        private final Set<String> users = new LinkedHashSet<>();
        private long guesses;
        private long refusals;

        Trail(Sources.Source told, Texts texts, Replies replies, Attacks attacks) {
            this.told = told;
            this.texts = texts;
            this.replies = replies;
            this.attacks = attacks;
        }

        Optional<BreakIn> follow(List<Event> events) {
            Optional<BreakIn> perhaps = Optional.empty();
            for (Event event : events) {
                switch (replies.of(event)) {
                    case SUCCESS -> {
                        boolean robot = !attacks.nameOf(event).isEmpty() && !told.isBrowser();
                        return guesses >= GUESSES || robot ? Optional.of(breakIn(event, true)) : Optional.empty();
                    }
                    case FAILURE -> guess(event);
                    case REFUSED -> {}
                    case UNKNOWN -> {
                        if (perhaps.isEmpty() && isWelcome(event)) {
                            perhaps = Optional.of(breakIn(event, false));
                        }
                    }
                }
            }
            return perhaps;
        }

        private void guess(Event event) {
            Attempt access = event.access();
            Attempt auth = event.auth();
            guesses += Math.max(access == null ? 1 : access.logins(), auth == null ? 1 : auth.logins());
            refusals += event.door() == Door.XMLRPC && access != null ? 1 : 0;
            if (auth != null && auth.text() >= 0 && users.size() < MOST_USERS) {
                users.add(texts.text(auth.text()));
            }
        }

        private boolean isWelcome(Event event) {
            Attempt access = event.access();
            return refusals >= GUESSES
                    && access != null
                    && access.door() == Door.XMLRPC
                    && access.status() == 200
                    && access.bytes() > LONGEST_REFUSAL
                    && access.bytes() < LONGEST_WELCOME;
        }

        private BreakIn breakIn(Event event, boolean certain) {
            Attempt auth = event.auth();
            String user = auth == null || auth.text() < 0 ? "" : texts.text(auth.text());
            return new BreakIn(
                    event.source(),
                    event.millis(),
                    event.door(),
                    user,
                    guesses,
                    List.copyOf(users),
                    attacks.nameOf(event),
                    certain);
        }
    }
}
