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
import java.util.TreeMap;
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

    /** Before it is open: less than this is a tenth of one source, and what comes next has nothing to do with it. */
    private static final double FORGOTTEN = 0.1;

    /** Sources kept of an open campaign, for people: those that came last; all others are only counted. */
    static final int LATEST = 32;

    /** Account names kept of a campaign; those that come when it is full are not counted. */
    private static final int NAMES = 64;

    /**
     * The evidence that it takes to open a campaign.
     *
     * @param usual in quiet times
     * @param needed now
     */
    record Bar(double usual, double needed) {}

    /** Longer ones are no account of WordPress. */
    private static final int LONGEST_NAME = 100;

    private final Fingerprint fingerprint;
    private Instant since;
    private Instant last;
    private double evidence;
    private double needed;
    private int number;
    private boolean open;
    private long sources;
    private long attempts;
    private long refused;
    private long banned;
    private List<Cidr> latest = List.of();
    private final TreeMap<String, Integer> users = new TreeMap<>();

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

    /** Sources so far. */
    public long sources() {
        return sources;
    }

    /** Attempts so far. */
    public long attempts() {
        return attempts;
    }

    /** The accounts that it tries, as far as they are known, with the number of attempts; at most {@value #NAMES}. */
    public Map<String, Integer> users() {
        return new TreeMap<>(users);
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
        sources = 0;
        attempts = 0;
        refused = 0;
        banned = 0;
        users.clear();
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
    void follow(Attempt attempt, boolean isNewSource) {
        sources += isNewSource ? 1 : 0;
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
        String user = attempt.login().user();
        if (!user.isEmpty() && user.length() <= LONGEST_NAME && (users.size() < NAMES || users.containsKey(user))) {
            users.merge(user, 1, Integer::sum);
        }
    }

    /** What it has come to, for those who have no share in its evidence. */
    CampaignNews news(String site) {
        return new CampaignNews(
                site,
                name(),
                since,
                last,
                sources,
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
                sources,
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
        out.writeLong(sources);
        out.writeLong(attempts);
        out.writeLong(refused);
        out.writeLong(banned);
        out.writeByte(latest.size());
        for (Cidr source : latest) {
            Saved.network(out, source);
        }
        out.writeByte(users.size());
        for (Map.Entry<String, Integer> user : users.entrySet()) {
            out.writeUTF(user.getKey());
            out.writeInt(user.getValue());
        }
    }

    static Campaign read(DataInput in) throws IOException {
        Campaign campaign = new Campaign(Fingerprint.read(in), moment(in));
        campaign.last = moment(in);
        campaign.evidence = Saved.number(in);
        campaign.needed = Saved.number(in);
        campaign.number = in.readInt();
        campaign.open = in.readBoolean();
        campaign.sources = in.readLong();
        campaign.attempts = in.readLong();
        campaign.refused = in.readLong();
        campaign.banned = in.readLong();
        campaign.latest = latest(in);
        int users = in.readUnsignedByte();
        for (int i = 0; i < users && i < NAMES; i++) {
            campaign.users.put(in.readUTF(), in.readInt());
        }
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
