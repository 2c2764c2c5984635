package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Which access log is whose: found out from attempts that both the site and the log tell of.
 *
 * <p>Not thread-safe.
 */
final class Links {

    private final Marks marks = new Marks();
    private final Recent<String, Link> links = new Recent<>(SiteTable.ROOM);
    private final Recent<String, String> siteOf = new Recent<>(SiteTable.ROOM);

    /** A site told of an attempt. */
    void told(String site, Attempt attempt, long now) {
        marks.add(site, attempt, now);
    }

    /** A log tells of an attempt; {@code readers} is what its host or path is called. */
    void found(String readers, Attempt attempt, long now) {
        marks.found(readers, attempt, now);
    }

    /**
     * Takes in that time has passed.
     *
     * @param joined is told of the site and the readers of its log, when that has become certain
     */
    void hear(long now, BiConsumer<String, String> joined) {
        marks.end(now, (site, readers) -> look(site, readers, joined));
    }

    private void look(String site, List<String> readers, BiConsumer<String, String> joined) {
        Link link = links.find(site);
        if (link == null && readers.isEmpty()) {
            return;
        }
        link = links.of(site, _ -> new Link());
        Optional<String> before = link.log();
        link.look(readers);
        Optional<String> after = link.log();
        if (!after.equals(before)) {
            before.ifPresent(siteOf::remove);
            after.ifPresent(log -> {
                siteOf.put(log, site);
                joined.accept(site, log);
            });
        }
    }

    /** The readers of the log of that site, while that is certain. */
    Optional<String> log(String site) {
        return Optional.ofNullable(links.find(site)).flatMap(Link::log);
    }

    /** What the site of these readers is called: as WordPress calls it where that is known. */
    String site(String readers) {
        String name = siteOf.find(readers);
        return name == null ? readers : name;
    }

    Map<String, String> all() {
        Map<String, String> known = new TreeMap<>();
        links.entries().forEach((name, link) -> link.log().ifPresent(log -> known.put(name, log)));
        return known;
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, links, (to, name, link) -> {
            to.writeUTF(name);
            link.write(to);
        });
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, SiteTable.ROOM, in -> {
            String name = in.readUTF();
            Link link = new Link();
            link.read(in);
            links.put(name, link);
            link.log().ifPresent(log -> siteOf.put(log, name));
        });
    }
}
