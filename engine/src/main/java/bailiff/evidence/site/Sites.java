package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The evidence of all sites of a machine, of which the shield, the trap and access logs tell.
 *
 * <p>Pure; not thread-safe: one owner.
 */
public final class Sites {

    /** Sites remembered; those that were attacked least recently make room. */
    private static final int ROOM = 4_096;

    /** Of what is saved; the first bytes of it. */
    private static final int VERSION = 0x42_53_00_01;

    /** Bytes that are saved at most: a dozen sites under heavy attack, thousands of quiet ones. */
    public static final int MOST_BYTES = 32 << 20;

    /** Names longer than that are no site's; what is known of them is not saved. */
    private static final int LONGEST_NAME = 4_096;

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
     * @param site the key of its evidence
     * @param judgement what holds for its source from now on
     */
    public record Told(String site, Attempt attempt, Judgement judgement) {}

    private final Allowance budget;
    private final CidrSet verified;
    private final Recent<String, SiteEvidence> sites = new Recent<>(ROOM);
    private final Asked asked = new Asked();
    private final Recent<String, AccessSensor> sensors = new Recent<>(ROOM);

    /**
     * Nothing seen yet.
     *
     * @param budget what each site accepts
     * @param verified services that are known by their addresses
     */
    public Sites(Allowance budget, CidrSet verified) {
        this.budget = budget;
        this.verified = verified;
    }

    /**
     * What was saved, with what each of its sites keeps.
     *
     * @param saved what {@link #save} gave
     * @return nothing when that is damaged, or of another version
     */
    public static Optional<Sites> restored(Allowance budget, CidrSet verified, byte[] saved) {
        Sites restored = new Sites(budget, verified);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != VERSION) {
                return Optional.empty();
            }
            Saved.table(in, ROOM, from -> {
                String site = from.readUTF();
                int length = from.readInt();
                if (length < 0 || length > in.available()) {
                    throw new IOException("no site has " + length + " bytes");
                }
                byte[] bytes = new byte[length];
                from.readFully(bytes);
                restored.sites.put(
                        site,
                        SiteEvidence.restored(budget, verified, bytes)
                                .orElseThrow(() -> new IOException("a site is damaged")));
            });
            return in.read() < 0 ? Optional.of(restored) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What {@link #restored} takes, {@value #MOST_BYTES} bytes at most: the sites in use last that fit in. */
    public byte[] save() {
        List<Map.Entry<String, byte[]>> kept = new ArrayList<>();
        long bytes = 2 * Integer.BYTES;
        for (var entry : List.copyOf(sites.entries().entrySet()).reversed()) {
            String site = entry.getKey();
            byte[] saved = site.length() > LONGEST_NAME
                    ? new byte[0]
                    : entry.getValue().save();
            bytes += saved.length + 3L * site.length() + 2 * Integer.BYTES;
            if (bytes > MOST_BYTES) {
                break;
            }
            if (saved.length > 0) {
                kept.add(Map.entry(site, saved));
            }
        }
        ByteArrayOutputStream into = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(into)) {
            out.writeInt(VERSION);
            out.writeInt(kept.size());
            for (var entry : kept.reversed()) {
                out.writeUTF(entry.getKey());
                out.writeInt(entry.getValue().length);
                out.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes whatever is written to it", e);
        }
        return into.toByteArray();
    }

    /** From now on that site's owner accepts that many wrongful verdicts; what was seen of it stays. */
    public void allow(String site, Allowance budget) {
        of(site).allow(budget);
    }

    /**
     * What holds for an attempt that is about to be made, by what was seen before it. A site of which nobody has told
     * anything yet refuses nobody, and takes no room: whoever asks may make names up.
     *
     * @param site as the plugin calls it
     */
    public Judgement judge(String site, Attempt attempt) {
        SiteEvidence evidence = sites.find(site);
        return evidence == null ? Judgement.NOTHING : evidence.judge(attempt);
    }

    /** Keeps what was asked about an attempt that goes on, until {@link #record} tells what came of it. */
    public void asked(String site, Attempt attempt) {
        asked.keep(site, attempt);
    }

    /**
     * Counts an attempt that the plugin told of; gives what holds for its source from now on. What is not told of its
     * request is what was {@link #asked} about it before.
     *
     * @param site as the plugin calls it
     */
    public Judgement record(String site, Attempt attempt) {
        return of(site).record(asked.complete(site, attempt));
    }

    /** Whether somebody has told of that site. */
    public boolean knows(String site) {
        return sites.find(site) != null;
    }

    /** Whether a login from there was accepted at the site in the last 90 days. */
    public boolean hasSucceeded(String site, IpAddress client, Instant now) {
        SiteEvidence evidence = sites.find(site);
        return evidence != null && evidence.hasSucceeded(Attempt.source(client), now);
    }

    /** How they are doing at that moment. */
    public Tally tally(Instant now) {
        int calibrated = 0;
        int campaigns = 0;
        long regrets = 0;
        for (SiteEvidence evidence : sites.entries().values()) {
            calibrated += evidence.isCalibrated() ? 1 : 0;
            campaigns += evidence.campaigns(now).size();
            regrets += evidence.regrets();
        }
        return new Tally(sites.size(), calibrated, campaigns, regrets);
    }

    /**
     * Takes a request that an access log tells of; every request of the site, in the order of the log.
     *
     * @param log where it stands: the path of the file
     * @return attempts that are counted now: this one, where it is one that nobody told of before
     */
    public List<Told> read(String log, AccessRecord request) {
        String site = request.host().isEmpty() ? log : request.host();
        SiteEvidence evidence = of(site);
        List<Told> told = new ArrayList<>();
        sensors.of(site, _ -> new AccessSensor(evidence))
                .read(request)
                .ifPresent(attempt -> told.add(new Told(site, attempt, evidence.record(attempt))));
        return told;
    }

    /** Attempts of access logs that nobody else has told of by now, and that are counted for that. */
    public List<Told> due(Instant now) {
        return List.of();
    }

    /** The campaigns that go on at that moment, by their site. */
    public Map<String, List<Campaign>> campaigns(Instant now) {
        Map<String, List<Campaign>> open = new TreeMap<>();
        sites.entries().forEach((site, evidence) -> {
            List<Campaign> campaigns = evidence.campaigns(now);
            if (!campaigns.isEmpty()) {
                open.put(site, campaigns);
            }
        });
        return open;
    }

    private SiteEvidence of(String site) {
        return sites.of(site, _ -> new SiteEvidence(budget, verified));
    }
}
