package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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
    private final Instant since;
    private Instant last;
    private double evidence;
    private double needed;
    private int number;
    private long sources;
    private long attempts;
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
        return fingerprint.grain() == Fingerprint.Grain.DOOR
                ? "any attempt at " + fingerprint.text() + " by somebody who visits nothing else"
                : fingerprint.text();
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
        if (number > 0 && evidence(now) < OVER * needed) {
            number = 0;
        }
        return number > 0;
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
        evidence = Math.clamp(evidence(time.getEpochSecond()) + ratio, 0, MOST * bar.usual);
        last = last.isBefore(time) ? time : last;
        if (!was) {
            needed = bar.needed;
        }
        return !was && evidence >= needed;
    }

    void open(int number) {
        this.number = number;
    }

    /** Counts an attempt that looks like it. */
    void follow(Attempt attempt, boolean isNewSource) {
        sources += isNewSource ? 1 : 0;
        attempts += attempt.login().weight();
        String user = attempt.login().user();
        if (!user.isEmpty() && user.length() <= LONGEST_NAME && (users.size() < NAMES || users.containsKey(user))) {
            users.merge(user, 1, Integer::sum);
        }
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
        out.writeLong(sources);
        out.writeLong(attempts);
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
        campaign.sources = in.readLong();
        campaign.attempts = in.readLong();
        int users = in.readUnsignedByte();
        for (int i = 0; i < users && i < NAMES; i++) {
            campaign.users.put(in.readUTF(), in.readInt());
        }
        return campaign;
    }

    private static Instant moment(DataInput in) throws IOException {
        long second = in.readLong();
        if (second < Instant.MIN.getEpochSecond() || second > Instant.MAX.getEpochSecond()) {
            throw new IOException("no moment is " + second);
        }
        return Instant.ofEpochSecond(second);
    }
}
