package bailiff.report;

import bailiff.evidence.site.Conduct;
import bailiff.filter.AnswerSizes;
import bailiff.filter.Door;
import bailiff.filter.Reply;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What came of events, as all logs together tell. Not thread-safe. */
final class Replies {

    /*
     * A login form is answered with a redirection where the password was right; but some sites redirect whoever did not
     * fetch the form before. There a redirection says nothing of such a one: it is told by FEWEST_BLIND sources that sent
     * a form which they had never fetched, and were all redirected.
     */

    private static final int FEWEST_BLIND = 8;

    private final AnswerSizes sizes;
    private final Texts texts;
    private final Looks looks;
    private final Set<Integer> redirecting = new HashSet<>();

    /** For these events. */
    Replies(Chronicle chronicle, List<Event> events) {
        this.sizes = chronicle.sizes();
        this.texts = chronicle.texts();
        this.looks = chronicle.looks();
        Map<Integer, Set<Integer>> redirected = new HashMap<>();
        for (Event event : events) {
            Attempt access = event.access();
            if (access != null && access.door() == Door.LOGIN && access.isAccepted() && isBlind(access)) {
                redirected.computeIfAbsent(access.site(), _ -> new HashSet<>()).add(access.source());
            }
        }
        redirected.forEach((site, sources) -> {
            if (sources.size() >= FEWEST_BLIND) {
                redirecting.add(site);
            }
        });
    }

    private boolean isBlind(Attempt access) {
        return looks.get(access.look())
                .filter(look -> {
                    Conduct conduct = look.request().conduct();
                    return conduct == Conduct.BLIND || conduct == Conduct.UNTOLD;
                })
                .isPresent();
    }

    /** What came of it: WordPress's own word counts most, then the answer's status and size. */
    Reply of(Event event) {
        Attempt access = event.access();
        Attempt auth = event.auth();
        if (auth != null) {
            return auth.reply();
        }
        if (access == null) {
            return Reply.REFUSED;
        }
        if (access.door() == Door.XMLRPC && access.status() == 200) {
            return sizes.logins(texts.text(access.site()), access.bytes()) > 0 ? Reply.FAILURE : Reply.UNKNOWN;
        }
        boolean told = !(access.door() == Door.LOGIN && access.isAccepted() && redirecting.contains(access.site()));
        return told || !isBlind(access) ? access.reply() : Reply.UNKNOWN;
    }

    /** Whether it was a login that was accepted. */
    boolean isAccepted(Event event) {
        return event.door() != Door.ENUMERATION && of(event) == Reply.SUCCESS;
    }
}
