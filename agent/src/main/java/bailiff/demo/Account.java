package bailiff.demo;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.evidence.Spans;
import bailiff.evidence.site.CampaignNews;
import bailiff.guard.GuardListener;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells the demo's story as it happens, a line at a time. Safe for any thread. */
final class Account implements GuardListener {

    /* Of a scene with more addresses than this, this many visits that went alike are told. */
    private static final int FEW = 3;

    private final PrintWriter out;
    private final long start = System.nanoTime();
    private final Set<Cidr> banned = ConcurrentHashMap.newKeySet();
    private final Map<Cidr, Long> decided = new ConcurrentHashMap<>();
    private final Map<String, Outcome> last = new HashMap<>();
    private final Map<String, Integer> alike = new HashMap<>();
    private final Map<String, Integer> bans = new ConcurrentHashMap<>();
    private String campaign = "";

    Account(PrintWriter out) {
        this.out = out;
    }

    void open(String stage, Path log, int bantime) {
        tell(stage);
        tell("Guarding " + log + ": 3 failures within 1h are a ban for " + Spans.text(Duration.ofSeconds(bantime))
                + ".");
    }

    /** One line, with the time since the beginning. */
    synchronized void tell(String line) {
        out.printf("%5.1f s  %s%n", (System.nanoTime() - start) / 1e9, line);
        out.flush();
    }

    boolean isBanned(IpAddress address) {
        return banned.contains(address.alone());
    }

    /** What became of a visit. Silence is told once for each ban, and of a crowd only the first few visits. */
    void visited(Scene scene, Visit visit, Outcome outcome) {
        boolean isCrowd = scene.addresses().size() > FEW;
        int count;
        boolean news;
        synchronized (this) {
            Outcome before = last.put(visit.from(), outcome);
            if (before == null && outcome == Outcome.REFUSED && !campaign.isEmpty()) {
                tell("         " + visit.from() + " tries for the first time, and is refused: it looks like " + campaign);
                campaign = "";
            }
            count = alike.merge(scene.title() + outcome, 1, Integer::sum);
            news = isCrowd ? count <= FEW : outcome != Outcome.SILENT || before != Outcome.SILENT;
        }
        if (news) {
            String what = visit.door() == Visit.Door.LOGIN ? "log-in as " + visit.user() : "forged pingback";
            tell("         %-15s %-24s %-20s %s%s"
                    .formatted(
                            visit.from(),
                            scene.title(),
                            what,
                            words(visit, outcome),
                            isCrowd && count == FEW ? ", and so on" : ""));
        }
    }

    private static String words(Visit visit, Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> visit.right() ? "answered, logged in" : "answered";
            case REFUSED -> "refused";
            case SILENT -> "NO ANSWER";
        };
    }

    /* The verdict is this; of the ban one is told when the firewall has been asked already, and may have it. */
    @Override
    public void seen(String jail, Event event) {
        if (event instanceof Event.Banned banned) {
            decided.put(banned.ban().subject(), System.nanoTime());
        }
    }

    @Override
    public void banned(Ban ban) {
        banned.add(ban.subject());
        bans.merge(ban.subject().toString(), 1, Integer::sum);
        tell("BAN      " + ban.subject() + "  " + ban.reason()
                + (ban.bancount() > 1 ? ", ban number " + ban.bancount() : ""));
    }

    @Override
    public void inForce(String jail, Cidr subject, long since) {
        Long verdict = decided.get(subject);
        if (verdict != null) {
            tell("         %-15s in the kernel %.1f ms after the verdict".formatted(subject, (since - verdict) / 1e6));
        }
    }

    @Override
    public synchronized void campaignOpened(CampaignNews opened) {
        campaign = opened.name();
        tell("CAMPAIGN " + campaign + "  " + opened.sources() + " addresses ask alike: whoever asks so is refused from now on");
    }

    @Override
    public void unbanned(Ban ban) {
        banned.remove(ban.subject());
        tell("UNBAN    " + ban.subject() + "  its time is up");
    }

    void sumUp(List<Scene> scenes) {
        out.println();
        out.printf("%-26s %9s %7s %9s %8s %5s%n", "", "ADDRESSES", "VISITS", "ANSWERED", "REFUSED", "BANS");
        for (Scene scene : scenes) {
            int count = scene.addresses().stream()
                    .mapToInt(address -> bans.getOrDefault(address, 0))
                    .sum();
            out.printf(
                    "%-26s %9d %7d %9d %8d %5d  %s%n",
                    scene.title(),
                    scene.addresses().size(),
                    scene.visits.get(),
                    scene.answered.get(),
                    scene.refused.get(),
                    count,
                    scene.moral());
        }
        out.println();
        out.println(
                "Next: 'bailiff check' says what would run on this machine, 'bailiff guard --observe' runs it and shuts"
                        + " nobody out.");
        out.flush();
    }
}
