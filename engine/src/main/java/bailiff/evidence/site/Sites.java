package bailiff.evidence.site;

import bailiff.evidence.site.HeldBack.Held;
import bailiff.line.AccessRecord;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The evidence of all sites of a machine, of which the shield, the trap and access logs tell.
 *
 * <p>Whatever is asked, recorded or read, it takes time and memory within fixed bounds. Pure; not thread-safe: one owner.
 */
public final class Sites {

    /*
     * One attempt may be told of three times. The shield is asked before the password is looked at, and only then is
     * known what the request looked like (judge, asked). The trap tells what came of it, and nothing of the request (record):
     * Asked joins the two. An access log has both when the answer was sent (read): where traps speak on this machine,
     * such an attempt is held back (HeldBack), and dropped when a trap has told of the same source (Spoken).
     *
     * What people fetched besides, only access logs know (Logs). It speaks for the attempts of the trap once it is
     * certain which log is that of the site (Links); and then only in favour of somebody, since lines of a log may come
     * later than the question.
     */

    /** Of what is saved; the first bytes of it. */
    private static final int VERSION = 0x42_53_00_01;

    /** Names of sites are cut to this: the name system's own bound, and a path. */
    private static final int LONGEST_NAME = 320;

    /** In seconds: how long after a trap has spoken access logs wait for another word of one. */
    private static final long TRAPS_SPEAK = 86_400;

    private static final long NEVER = Long.MIN_VALUE / 2;

    /** In seconds: how much a line may be ahead of the clock: clocks differ, and times are written in whole seconds. */
    private static final long AHEAD = 60;

    /** Bytes that are saved at most: what is known of a dozen sites under heavy attack, of thousands of quiet ones. */
    public static final int MOST_BYTES = 32 << 20;

    /** Of these so many are not those of sites: visits, links, what was learned of logs. */
    private static final int BESIDES = 8 << 20;

    /**
     * How the sites are doing.
     *
     * @param sites of which something is known
     * @param calibrated those with enough accepted logins that bans may rest on what is usual there
     * @param campaigns that go on
     * @param regrets accepted logins from sources that were refused in the week before
     */
    public record Tally(int sites, int calibrated, int campaigns, long regrets) {}

    /**
     * What an access log told of.
     *
     * @param log where it stands: the path of the file
     * @param site the key of its evidence
     * @param before what held before; nothing where the logs are not {@link #ofPast past}
     * @param judgement what holds for its source from now on
     * @param failures of its source since its last success, as far as they count
     */
    public record Told(String log, String site, Attempt attempt, Judgement before, Judgement judgement, int failures) {}

    private final SiteTable sites;
    private final Links links = new Links();
    private final Logs logs;
    private final Asked asked = new Asked();
    private final Spoken spoken = new Spoken();
    private final HeldBack held = new HeldBack();
    private final boolean past;
    private long now = NEVER;
    private long trapSpoke = NEVER;

    /**
     * Nothing seen yet.
     *
     * @param budget what each site accepts, but for those of {@link #allow}
     * @param verified services that are known by their addresses
     */
    public Sites(Allowance budget, CidrSet verified) {
        this(budget, verified, false);
    }

    private Sites(Allowance budget, CidrSet verified, boolean past) {
        this.past = past;
        sites = new SiteTable(budget, verified);
        logs = new Logs(
                (readers, client) -> sites.of(links.site(readers), readers).visit(client));
    }

    /**
     * The same, where access logs are read that were written without this guard: what it would have refused is taken to
     * have been refused.
     */
    public static Sites ofPast(Allowance budget, CidrSet verified) {
        return new Sites(budget, verified, true);
    }

    /**
     * Has that site, or each site that is found in that log from now on, accept so many wrongful verdicts.
     *
     * @param name as the plugin calls the site, or the path of the log
     */
    public void allow(String name, Allowance allowance) {
        sites.allow(cut(name), allowance);
    }

    /**
     * What holds for an attempt that is about to be made, by what was seen before it. A site of which nobody has told
     * anything yet refuses nobody, and takes no room: whoever asks may make names up.
     *
     * @param site as the plugin calls it
     */
    public Judgement judge(String site, Attempt attempt) {
        String name = cut(site);
        return evidence(name)
                .map(known -> known.judge(whole(name, attempt, attempt.request())))
                .orElse(Judgement.NOTHING);
    }

    /**
     * Keeps what was asked about an attempt that goes on, until {@link #record} tells what came of it. Its time is that of
     * the clock.
     *
     * @param site as the plugin calls it
     */
    public void asked(String site, Attempt attempt) {
        hear(attempt.time());
        String name = cut(site);
        asked.question(name, whole(name, attempt, attempt.request()));
        links.told(name, attempt, now);
    }

    /**
     * Counts an attempt that a trap told of, or that the shield refused; gives what holds for its source from now on.
     * What is not told of its request is what was {@link #asked} about it before.
     *
     * @param site as the plugin calls it
     */
    public Judgement record(String site, Attempt attempt) {
        if (now == NEVER) {
            hear(attempt.time());
        }
        return recorded(cut(site), attempt);
    }

    /** The same, where it is known when that was read: logs whose clocks or zones differ are joined by that. */
    public Judgement record(String site, Attempt attempt, Instant at) {
        hear(at);
        return recorded(cut(site), attempt);
    }

    private Judgement recorded(String name, Attempt attempt) {
        Request request = attempt.request();
        boolean isUntold = request.equals(Request.untold(request.door()));
        Optional<Request> before = isUntold ? asked.request(name, attempt) : Optional.empty();
        spoken.of(attempt, now);
        if (before.isEmpty()) {
            links.told(name, attempt, now);
        }
        // The shield tells of its own refusals, which is not yet to say that there is a trap.
        trapSpoke = isUntold ? now : trapSpoke;
        return sites.record(name, name, whole(name, attempt, before.orElse(request)));
    }

    /** As {@link #read(String, AccessRecord, Instant)}, in the log's own time. */
    public List<Told> read(String log, AccessRecord request) {
        return read(log, request, request.time());
    }

    /**
     * Takes a request that an access log tells of; every request of the log, in its order.
     *
     * @param log where it stands: the path of the file, also after it was rotated
     * @param at when it is read
     * @return attempts that are counted now: this one, where it is one that nobody tells of besides, or earlier ones
     */
    public List<Told> read(String log, AccessRecord request, Instant at) {
        return read(log, request, at, false);
    }

    /**
     * The same.
     *
     * @param turnedAway whether this guard had the web server turn the source away when that was requested: then a
     *     refusal is the guard's own, and no word on the source
     */
    public List<Told> read(String log, AccessRecord request, Instant at, boolean turnedAway) {
        hear(at);
        AccessRecord timely = request.time().getEpochSecond() > now + AHEAD ? request.at(at) : request;
        String readers = logs.readers(cut(log), timely, sites::has);
        Optional<Attempt> attempt = logs.read(readers, timely)
                .map(one -> turnedAway && one.login().outcome() == Outcome.REFUSED ? one.shielded() : one);
        if (attempt.isEmpty()) {
            return List.of();
        }
        links.found(readers, attempt.get(), now);
        if (spoken.knows(attempt.get(), now)) {
            return List.of();
        }
        Held one = new Held(log, readers, attempt.get(), now);
        if (now - trapSpoke > TRAPS_SPEAK) {
            return List.of(told(one));
        }
        Held early = held.add(one);
        return early == null ? List.of() : settled(List.of(early));
    }

    /** Attempts of access logs that nobody else has told of by now, and that are counted for that. */
    public List<Told> due(Instant at) {
        hear(at);
        return held.isEmpty() ? List.of() : settled(held.due(now));
    }

    /** Whether {@link #due} has anything to wait for: then it is to be asked again after {@link #HOLDS}. */
    public boolean isWaiting() {
        return !held.isEmpty();
    }

    /** For how long attempts of access logs are held back at most, while {@link #due} is asked. */
    public static final Duration HOLDS = Duration.ofSeconds(HeldBack.SECONDS);

    /** Takes in that time has passed. */
    private void hear(Instant at) {
        long second = at.getEpochSecond();
        if (second != now) {
            now = second;
            links.hear(now, (site, readers) -> sites.rename(readers, site));
        }
    }

    private List<Told> settled(List<Held> due) {
        List<Told> told = new ArrayList<>();
        for (Held one : due) {
            if (!spoken.knows(one.attempt(), one.since())) {
                told.add(told(one));
            }
        }
        return told;
    }

    private Told told(Held one) {
        String name = links.site(one.readers());
        Judgement before = past ? sites.of(name, one.log()).judge(one.attempt()) : Judgement.NOTHING;
        boolean speaksItself = !name.equals(one.readers());
        Attempt proven = speaksItself ? unproven(one.attempt()) : one.attempt();
        boolean refused =
                before instanceof Judgement.Refuse && proven.login().outcome() != Outcome.SUCCESS;
        Attempt attempt = refused ? proven.shielded() : proven;
        Judgement judgement = sites.record(name, one.log(), attempt);
        int failures = sites.of(name, one.log()).failures(attempt.source());
        return new Told(one.log(), name, attempt, refused ? before : Judgement.NOTHING, judgement, failures);
    }

    /**
     * What looks like a success in the log of a site that tells of its successes itself, and has not of this, is none:
     * whoever posts another action than a login (postpass) is redirected as well.
     */
    private static Attempt unproven(Attempt attempt) {
        Login login = attempt.login();
        return login.outcome() == Outcome.SUCCESS
                ? new Attempt(attempt.time(), attempt.client(), Login.untold(Outcome.UNKNOWN), attempt.request())
                : attempt;
    }

    private Attempt whole(String name, Attempt attempt, Request request) {
        return new Attempt(attempt.time(), attempt.client(), attempt.login(), behaved(name, attempt, request));
    }

    /*
     * How somebody behaved who is about to log in, or has tried to. That his form was fetched from his address
     * (BARE) is the lot of all whose visits are not seen, so where they are not it says only that (MARKED).
     */
    private Request behaved(String name, Attempt attempt, Request request) {
        Request seen = Programs.seen(request);
        if (request.door() != Door.LOGIN) {
            return seen;
        }
        long second = attempt.second();
        Optional<Conduct> logged = links.log(name).flatMap(log -> logs.conduct(log, attempt.source(), second));
        Conduct told = seen.conduct();
        if (logged.isEmpty()) {
            return told == Conduct.BARE ? seen.by(Conduct.MARKED, seen.crowd()) : seen;
        }
        return seen.by(better(told, logged.get()), seen.crowd() || logs.isCrowd(attempt.source(), second));
    }

    /** What two say of somebody, of which the log may not know the last: the better. */
    private static Conduct better(Conduct told, Conduct logged) {
        return switch (told) {
            case BLIND -> logged == Conduct.BARE || logged == Conduct.BROWSING ? logged : told;
            case BARE -> logged == Conduct.BLIND ? told : logged;
            case MARKED -> logged == Conduct.BROWSING ? logged : told;
            case UNTOLD -> logged == Conduct.BROWSING ? logged : told;
            case BROWSING, FOREIGN, CLIENT -> told;
        };
    }

    private static String cut(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** The campaigns that go on at that moment, by their site. */
    public Map<String, List<Campaign>> campaigns(Instant at) {
        return sites.campaigns(at);
    }

    /** The same, as they are now: for those who have no share in the evidence. */
    public List<CampaignNews> news(Instant at) {
        List<CampaignNews> news = new ArrayList<>();
        campaigns(at).forEach((site, open) -> open.forEach(campaign -> news.add(campaign.news(site))));
        return news;
    }

    /** How the source of an address stands at the sites that know it; by their names. */
    public List<Standing> explain(IpAddress client, Instant at) {
        return sites.explain(client, at);
    }

    /** How many campaigns were opened so far, at any site. */
    public long campaignsOpened() {
        return sites.campaignsOpened();
    }

    /** How many sites are remembered. */
    public int size() {
        return sites.size();
    }

    /** The evidence of one site, also before its log is called by its name; nothing where nobody has told of it. */
    public Optional<SiteEvidence> evidence(String site) {
        String name = cut(site);
        return sites.find(name).or(() -> links.log(name).flatMap(sites::find));
    }

    /** How much is kept of all of them, in entries of some 150 bytes. */
    public long entries() {
        return sites.entries();
    }

    /** Whether somebody has told of that site. */
    public boolean knows(String site) {
        return evidence(site).isPresent();
    }

    /** Whether a login from there was accepted at the site in the last 90 days. */
    public boolean hasSucceeded(String site, IpAddress client, Instant at) {
        return evidence(site)
                .filter(known -> known.hasSucceeded(Attempt.source(client), at))
                .isPresent();
    }

    /** How they are doing at that moment. */
    public Tally tally(Instant at) {
        return sites.tally(at);
    }

    /** By the name of a site the log that was found to be its own: its host, or the path of the file. */
    public Map<String, String> logs() {
        return links.all();
    }

    /**
     * What {@link #restored} takes: all that was learned, and who visited in the last day, so that nobody looks as if he
     * had never fetched a form; not what waits for another word. {@value #MOST_BYTES} bytes at most: of the sites those
     * in use last that fit in.
     */
    public byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            sites.write(out, MOST_BYTES - BESIDES);
            links.write(out);
            logs.write(out);
            out.writeLong(trapSpoke);
        } catch (IOException e) {
            throw new IllegalStateException("memory takes whatever is written to it", e);
        }
        return bytes.toByteArray();
    }

    /**
     * What was saved.
     *
     * @param budget as for a new one
     * @param verified as for a new one
     * @param saved what {@link #save} gave
     * @return nothing when that is damaged, or of another version
     */
    public static Optional<Sites> restored(Allowance budget, CidrSet verified, byte[] saved) {
        Sites sites = new Sites(budget, verified);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != VERSION) {
                return Optional.empty();
            }
            sites.sites.read(in);
            sites.links.read(in);
            sites.logs.read(in);
            sites.trapSpoke = in.readLong();
            return in.read() < 0 ? Optional.of(sites) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
