package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One attack by many addresses, told by what its requests have in common: opened, followed and closed.
 *
 * <p>Before it is open, it is a mere suspicion without a name. Not thread-safe: the {@link SiteEvidence} that gave it
 * owns it.
 */
public final class Campaign {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** In seconds: campaigns pause for days. */
    private static final double HALF_LIFE = 7 * 86_400.0;

    /** Evidence is kept up to this multiple of what opens a campaign, so that it can end. */
    private static final double MOST = 2;

    /** It is over when this share of what opened it is left: two weeks after its last source. */
    private static final double OVER = 0.5;

    /** One friend may be an attacker with an account of his own. */
    private static final int FRIENDS = 2;

    /** The same of a site of many people: of each hundred two, or what they use is not usual. */
    private static final double FRIENDS_SHARE = 0.02;

    /** Bytes. */
    private static final long ENTRY = 150;

    /** Before it is open: less than this is a tenth of one source, and what comes next has nothing to do with it. */
    private static final double FORGOTTEN = 0.1;

    /** Sources kept of an open campaign, for people: those that came last; all others are only counted. */
    static final int LATEST = 32;

    /**
     * The evidence that it takes to open a campaign.
     *
     * @param usual in quiet times
     * @param needed now
     */
    record Bar(double usual, double needed) {

        /** The same where none is to be opened, whatever the evidence. */
        Bar closed() {
            return new Bar(usual, Double.MAX_VALUE);
        }
    }

    private final Fingerprint fingerprint;
    private Instant since;
    private Instant last;
    private double evidence;
    private double needed;
    private int number;
    private boolean open;
    private Cardinality sources = new Cardinality();
    private long attempts;
    private long refused;
    private long banned;
    private int friends;
    private List<Cidr> latest = List.of();
    private TopNames users = new TopNames();

    Campaign(Fingerprint fingerprint, Instant since) {
        this.fingerprint = fingerprint;
        this.since = since;
        this.last = since;
    }

    /** What it is called, such as {@code xmlrpc-20160224-3}: its door, the day of its first attempt, and a number. */
    public String name() {
        return door() + "-" + DAY.format(since) + "-" + number;
    }

    /** What its requests have in common, in words; it holds text that clients chose. */
    public String likeness() {
        return Likeness.words(fingerprint);
    }

    /** When the first attempt came that looks like it. */
    public Instant since() {
        return since;
    }

    /** When the last came so far. */
    public Instant last() {
        return last;
    }

    /** Sources so far; exactly up to {@value Cardinality#EXACT}, then within some percent. */
    public long sources() {
        return sources.count();
    }

    /** Attempts so far. */
    public long attempts() {
        return attempts;
    }

    /**
     * The accounts that it tries most often, as far as they are known, with the number of attempts: at most {@value
     * TopNames#ROOM}, and no count too large by more than that part of all attempts.
     */
    public Map<String, Integer> users() {
        return users.counts();
    }

    /** How many times likelier what was seen is in an attack than without one, as a power of ten, as of its last source. */
    public double powerOfTen() {
        return evidence / Math.log(10);
    }

    /** Whether it goes on at that moment. */
    public boolean isOpen(Instant now) {
        return isOpen(now.getEpochSecond());
    }

    boolean isOpen(long now) {
        if (open && evidence(now) < OVER * needed) {
            open = false;
        }
        return open;
    }

    /** Whether this is sure enough for what takes that much evidence. */
    boolean reaches(double evidence, long now) {
        return evidence(now) >= evidence;
    }

    private String door() {
        int blank = fingerprint.text().indexOf(' ');
        return blank < 0 ? fingerprint.text() : fingerprint.text().substring(0, blank);
    }

    private double evidence(long now) {
        return evidence * Math.pow(0.5, Math.max(0, now - last.getEpochSecond()) / HALF_LIFE);
    }

    /**
     * Weighs one more source.
     *
     * @param ratio the logarithm of its likelihood ratio
     * @param bar what opens a campaign now
     * @return whether that has opened it
     */
    boolean weigh(Instant time, double ratio, Bar bar) {
        boolean was = isOpen(time.getEpochSecond());
        if (!was && (number > 0 || evidence(time.getEpochSecond()) < FORGOTTEN)) {
            beginAnew(time);
        }
        evidence = Math.clamp(evidence(time.getEpochSecond()) + ratio, 0, MOST * bar.usual);
        last = last.isBefore(time) ? time : last;
        if (!was) {
            needed = bar.needed;
        }
        return !was && evidence >= needed;
    }

    /** What was counted is of a campaign that is over, or of a suspicion that has faded. */
    private void beginAnew(Instant time) {
        since = time;
        number = 0;
        sources = new Cardinality();
        attempts = 0;
        refused = 0;
        banned = 0;
        users = new TopNames();
        latest = List.of();
    }

    void open(int number) {
        this.number = number;
        open = true;
    }

    /** One of its sources was banned. */
    void ban() {
        banned++;
    }

    /** Counts an attempt that looks like it. */
    void follow(Attempt attempt) {
        sources.add(attempt.source());
        attempts += attempt.login().weight();
        refused +=
                attempt.login().outcome() == Outcome.SHIELDED ? attempt.login().weight() : 0;
        if (open) {
            latest = Stream.concat(
                            Stream.of(attempt.source()),
                            latest.stream().filter(other -> !other.equals(attempt.source())))
                    .limit(LATEST)
                    .toList();
        }
        users.add(attempt.login().user());
    }

    /**
     * Takes in what another process saw of the same fingerprint.
     *
     * @param usual the evidence that opens a campaign in quiet times
     * @param adds whether the evidence of both adds up, as it does where each of the two saw other sources; else the
     *     larger counts
     */
    void merge(Campaign other, double usual, boolean adds) {
        long now = Math.max(last.getEpochSecond(), other.last.getEpochSecond());
        long apart = sources.count() + other.sources.count();
        sources.merge(other.sources);
        double mine = evidence(now);
        double others = other.evidence(now);
        // A source that both saw was counted by both: only as much of the sum is evidence as sources are different.
        double share = apart == 0 ? 1 : Math.min(1, (double) sources.count() / apart);
        double larger = Math.max(mine, others);
        evidence = Math.clamp(adds ? Math.max(larger, (mine + others) * share) : larger, 0, MOST * usual);
        needed = !isOpened() ? other.needed : !other.isOpened() ? needed : Math.min(needed, other.needed);
        since = since.isBefore(other.since) ? since : other.since;
        last = Instant.ofEpochSecond(now);
        attempts += other.attempts;
        refused += other.refused;
        banned += other.banned;
        latest = Stream.concat(latest.stream(), other.latest.stream())
                .distinct()
                .limit(LATEST)
                .toList();
        friends = (int) Math.min(Integer.MAX_VALUE, (long) friends + other.friends);
        users.merge(other.users);
    }

    /** A source that makes such requests had a login accepted. */
    void befriend() {
        friends = friends == Integer.MAX_VALUE ? friends : friends + 1;
    }

    /**
     * Whether people of the site make such requests too: then nobody is of the campaign for his request alone.
     *
     * @param all sources whose logins were accepted, of all kinds
     */
    boolean isOfPeopleToo(int all) {
        return areMany(friends, all);
    }

    /** Whether so many sources of all whose logins were accepted show that people make such requests. */
    static boolean areMany(int friends, int all) {
        return friends >= Math.max(FRIENDS, all * FRIENDS_SHARE);
    }

    /** Sources with such requests that had a login accepted. */
    int friends() {
        return friends;
    }

    /**
     * Whether a source of it that behaves so may be banned: one in six of the people fetches nothing but the form, so not
     * where they make the same request too.
     */
    boolean mayBan(Conduct conduct, int all) {
        return conduct != Conduct.BARE || fingerprint.grain() == Fingerprint.Grain.DOOR || !isOfPeopleToo(all);
    }

    /** What it takes beside its texts, in entries of some 150 bytes. */
    long entries() {
        return sources.bytes() / ENTRY;
    }

    /** Whether that is enough to open it, which it is not yet. */
    boolean isDue(double usual) {
        if (!isOpened() && evidence >= usual) {
            needed = usual;
            return true;
        }
        return false;
    }

    /** Whether it was opened, and is not over as far as anybody has looked. */
    boolean isOpened() {
        return open;
    }

    boolean isAt(Door door) {
        return door().equals(door.name().toLowerCase(Locale.ROOT));
    }

    /** What it has come to, for those who have no share in its evidence. */
    CampaignNews news(String site) {
        return new CampaignNews(
                site,
                name(),
                since,
                last,
                sources(),
                attempts,
                refused,
                banned,
                users(),
                likeness(),
                powerOfTen(),
                latest);
    }

    String sentence() {
        return String.format(
                Locale.ROOT,
                "looks like campaign %s: %d sources, %d attempts since %s, evidence 10^%.1f (%s)",
                name(),
                sources(),
                attempts,
                since,
                powerOfTen(),
                likeness());
    }

    Fingerprint fingerprint() {
        return fingerprint;
    }

    void write(DataOutput out) throws IOException {
        fingerprint.write(out);
        out.writeLong(since.getEpochSecond());
        out.writeLong(last.getEpochSecond());
        out.writeDouble(evidence);
        out.writeDouble(needed);
        out.writeInt(number);
        out.writeBoolean(open);
        sources.write(out);
        out.writeLong(attempts);
        out.writeLong(refused);
        out.writeLong(banned);
        out.writeInt(friends);
        out.writeByte(latest.size());
        for (Cidr source : latest) {
            Saved.network(out, source);
        }
        users.write(out);
    }

    static Campaign read(DataInput in) throws IOException {
        Campaign campaign = new Campaign(Fingerprint.read(in), moment(in));
        campaign.last = moment(in);
        campaign.evidence = Saved.number(in);
        campaign.needed = Saved.number(in);
        campaign.number = in.readInt();
        campaign.open = in.readBoolean();
        campaign.sources = Cardinality.read(in);
        campaign.attempts = in.readLong();
        campaign.refused = in.readLong();
        campaign.banned = in.readLong();
        campaign.friends = Math.max(0, in.readInt());
        campaign.latest = latest(in);
        campaign.users.read(in);
        return campaign;
    }

    private static List<Cidr> latest(DataInput in) throws IOException {
        int size = in.readUnsignedByte();
        if (size > LATEST) {
            throw new IOException("no campaign remembers " + size + " sources");
        }
        List<Cidr> latest = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            latest.add(Saved.network(in));
        }
        return List.copyOf(latest);
    }

    private static Instant moment(DataInput in) throws IOException {
        long second = in.readLong();
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw new IOException("no moment is " + second);
        }
        return Instant.ofEpochSecond(second);
    }
}
