package bailiff.evidence.site;

import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The evidence of each site, within one bound for all.
 *
 * <p>Not thread-safe.
 */
final class SiteTable {

    /** Sites remembered; those that nobody told of for longest make room. */
    static final int ROOM = 4_096;

    /** Entries of all tables of all sites, at some 150 bytes each; the largest site gives half of its own for more. */
    private static final long MOST_ENTRIES = 400_000;

    /** How often a site is weighed again: weighing looks through tables. */
    private static final int WEIGHED_EVERY = 64;

    /** Budgets remembered that are not the usual one: those of sites and of logs. */
    private static final int BUDGETS = 2 * ROOM;

    /** No evidence is longer when it is saved: that of a site with all entries there may be. */
    private static final int LONGEST_SAVED = 64 << 20;

    /** Bytes that are written before the evidence of a site, its name among them. */
    private static final int LONGEST_HEAD = 1_024;

    private static final class Site {
        private final SiteEvidence evidence;
        private long entries;
        private int records;

        private Site(SiteEvidence evidence) {
            this.evidence = evidence;
        }
    }

    private final Allowance budget;
    private final CidrSet verified;
    private final Recent<String, Allowance> budgets = new Recent<>(BUDGETS);
    private final Recent<String, Site> sites = new Recent<>(ROOM);
    private long entries;

    SiteTable(Allowance budget, CidrSet verified) {
        this.budget = budget;
        this.verified = verified;
    }

    /** Has that site, or each site that is found in that log from now on, accept so many wrongful verdicts. */
    void allow(String name, Allowance allowance) {
        budgets.put(name, allowance);
        find(name).ifPresent(known -> known.allow(allowance));
    }

    /** The evidence of that site, where anybody has told of it. */
    Optional<SiteEvidence> find(String name) {
        return Optional.ofNullable(sites.find(name)).map(site -> site.evidence);
    }

    boolean has(String name) {
        return sites.find(name) != null;
    }

    /** The evidence of that site, of which that log told; a new one where there is none. */
    SiteEvidence of(String name, String log) {
        return site(name, log).evidence;
    }

    private Site site(String name, String log) {
        return sites.of(name, _ -> {
            Allowance own = budgets.find(name);
            Allowance logs = own == null ? budgets.find(log) : own;
            return new Site(new SiteEvidence(logs == null ? budget : logs, verified));
        });
    }

    /** Counts an attempt at that site. */
    Judgement record(String name, String log, Attempt attempt) {
        Site site = site(name, log);
        Judgement judgement = site.evidence.record(attempt);
        if (site.records++ % WEIGHED_EVERY == 0) {
            long before = site.entries;
            site.entries = site.evidence.entries();
            entries += site.entries - before;
            if (entries > MOST_ENTRIES) {
                makeRoom();
            }
        }
        return judgement;
    }

    private void makeRoom() {
        // Counted anew, since sites that made room for others took their entries with them.
        entries = sites.entries().values().stream()
                .mapToLong(site -> site.entries)
                .sum();
        if (entries > MOST_ENTRIES) {
            sites.entries().values().stream()
                    .max(Comparator.comparingLong(site -> site.entries))
                    .ifPresent(largest -> {
                        largest.evidence.halve();
                        entries -= largest.entries;
                        largest.entries = largest.evidence.entries();
                        entries += largest.entries;
                    });
        }
    }

    /** Calls a site otherwise, unless there is one that is called so. */
    void rename(String from, String to) {
        Site site = sites.find(from);
        if (site != null && !has(to)) {
            sites.remove(from);
            sites.put(to, site);
        }
    }

    Map<String, List<Campaign>> campaigns(Instant at) {
        Map<String, List<Campaign>> open = new TreeMap<>();
        sites.entries().forEach((name, site) -> {
            List<Campaign> campaigns = site.evidence.campaigns(at);
            if (!campaigns.isEmpty()) {
                open.put(name, campaigns);
            }
        });
        return open;
    }

    /** How the source of an address stands at the sites that know it; by their names. */
    List<Standing> explain(IpAddress client, Instant at) {
        return sites.entries().entrySet().stream()
                .flatMap(site -> site.getValue().evidence.explain(site.getKey(), client, at).stream())
                .sorted(Comparator.comparing(Standing::site))
                .toList();
    }

    /** How many campaigns were opened so far, at any site. */
    long campaignsOpened() {
        return sites.entries().values().stream()
                .mapToLong(site -> site.evidence.campaignsOpened())
                .sum();
    }

    int size() {
        return sites.size();
    }

    /** How much is kept of all sites together, in entries of some 150 bytes, as of when each was weighed last. */
    long entries() {
        return entries;
    }

    Sites.Tally tally(Instant at) {
        int calibrated = 0;
        int campaigns = 0;
        long regrets = 0;
        for (Site site : sites.entries().values()) {
            calibrated += site.evidence.isCalibrated() ? 1 : 0;
            campaigns += site.evidence.campaigns(at).size();
            regrets += site.evidence.regrets();
        }
        return new Sites.Tally(sites.size(), calibrated, campaigns, regrets);
    }

    /** Writes the sites in use last that fit into so many bytes. */
    void write(DataOutput out, long most) throws IOException {
        Deque<Map.Entry<String, byte[]>> kept = new ArrayDeque<>();
        long bytes = 0;
        for (Map.Entry<String, Site> entry :
                List.copyOf(sites.entries().entrySet()).reversed()) {
            byte[] saved = entry.getValue().evidence.save();
            bytes += saved.length + LONGEST_HEAD;
            if (bytes > most) {
                break;
            }
            kept.push(Map.entry(entry.getKey(), saved));
        }
        out.writeInt(kept.size());
        for (Map.Entry<String, byte[]> entry : kept) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            out.write(entry.getValue());
        }
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, ROOM, in -> {
            String name = in.readUTF();
            int length = in.readInt();
            if (length < 0 || length > LONGEST_SAVED) {
                throw new IOException("no evidence is " + length + " bytes long");
            }
            byte[] saved = new byte[length];
            in.readFully(saved);
            SiteEvidence evidence = SiteEvidence.restored(budget, verified, saved)
                    .orElseThrow(() -> new IOException("that is no evidence"));
            sites.put(name, new Site(evidence));
        });
    }
}
