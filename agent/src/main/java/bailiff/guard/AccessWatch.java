package bailiff.guard;

import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.Sites;
import bailiff.line.AccessRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Has what access logs tell weighed as the evidence of sites, for all jails that read some. Safe for any thread. */
final class AccessWatch {

    /** Attempts that wait for the jail of their log, which asks within seconds; more are let go. */
    private static final int MOST_OTHERS = 8_192;

    /** How a web server answers whom it turns away by its own rules: Apache's "Require", nginx's "deny". */
    private static final int FORBIDDEN = 403;

    private static final int UNAUTHORIZED = 401;

    private final KeptSites kept;
    private final CampaignStarts campaigns;
    private final Supplier<FrontDoor> door;

    /** Which jail reads which access log. */
    private final Map<String, String> owners = new TreeMap<>();

    /** What access logs told of whose jail has not asked since. */
    private final List<Sites.Told> others = new ArrayList<>();

    /** Nothing read yet; asks for the door each time. */
    AccessWatch(KeptSites kept, CampaignStarts campaigns, Supplier<FrontDoor> door) {
        this.kept = kept;
        this.campaigns = campaigns;
        this.door = door;
    }

    /** What the requests of that jail are told to. */
    AccessRequests.Watched of(String jail, Allowance budget) {
        return new OfJail(jail, budget);
    }

    /** The jail reads no log any more. */
    void forget(String jail) {
        kept.lock();
        try {
            owners.values().removeIf(jail::equals);
        } finally {
            kept.unlock();
        }
    }

    private final class OfJail implements AccessRequests.Watched {

        private final String jail;
        private final Allowance budget;
        private String allowed = "";

        private OfJail(String jail, Allowance budget) {
            this.jail = jail;
            this.budget = budget;
        }

        @Override
        public List<Sites.Told> read(String log, AccessRecord request, Instant now) {
            boolean turnedAway = isRefused(request) && door.get().turnsAway(request.client(), request.time());
            kept.lock();
            try {
                Sites known = kept.known();
                if (!log.equals(allowed)) {
                    allowed = log;
                    known.allow(log, budget);
                    owners.put(log, jail);
                }
                kept.change();
                return own(known, known.read(log, request, now, turnedAway));
            } finally {
                kept.unlock();
            }
        }

        @Override
        public List<Sites.Told> due(Instant now) {
            kept.lock();
            try {
                Sites known = kept.known();
                return own(known, known.due(now));
            } finally {
                kept.unlock();
            }
        }

        @Override
        public boolean isWaiting() {
            return kept.ask(false, Sites::isWaiting);
        }

        @Override
        public void blame(Sites.Told told) {
            Attempt attempt = told.attempt();
            boolean refused = kept.ask(
                    false,
                    known -> known.judge(told.site(), attempt) instanceof Judgement.Refuse(Kind kind, String _)
                            && kind == Kind.ADDRESS);
            // Without the lock: the door has its own, and its file to think of.
            if (refused) {
                door.get().refuse(attempt.client(), attempt.time());
            }
        }

        /** Those of this jail, also such as others were told of before; what is another's waits for it. */
        private List<Sites.Told> own(Sites known, List<Sites.Told> told) {
            if (told.isEmpty() && others.isEmpty()) {
                return told;
            }
            told.forEach(one -> campaigns.look(known, one.site()));
            others.addAll(told);
            List<Sites.Told> own = others.stream()
                    .filter(one -> jail.equals(owners.get(one.log())))
                    .toList();
            others.removeAll(own);
            while (others.size() > MOST_OTHERS) {
                others.removeFirst();
            }
            return own;
        }
    }

    private static boolean isRefused(AccessRecord request) {
        return request.status() == FORBIDDEN || request.status() == UNAUTHORIZED;
    }
}
