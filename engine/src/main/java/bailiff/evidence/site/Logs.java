package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * The access logs of this machine: whose requests stand in which, and what those who read the sites do.
 *
 * <p>Readers of a log are those of one host where it tells of hosts that are sites, else all. Not thread-safe.
 */
final class Logs {

    /** Logs remembered: what administrators have their servers write. */
    private static final int ROOM = 1_024;

    private final Recent<String, Hosts> logs = new Recent<>(ROOM);
    private final Recent<String, AccessSensor> sensors = new Recent<>(SiteTable.ROOM);
    private final Visits visits = new Visits();
    private final BiConsumer<String, IpAddress> visitors;

    /** Nothing read yet; {@code visitors} is told once a day and source who is among which readers. */
    Logs(BiConsumer<String, IpAddress> visitors) {
        this.visitors = visitors;
    }

    /**
     * Whose request it is: what the readers are called, which is the host in small letters or else the path of the log.
     *
     * @param isKnown whether there is a site of that name already
     */
    String readers(String log, AccessRecord request, Predicate<String> isKnown) {
        if (request.host().isEmpty()) {
            return log;
        }
        Hosts hosts = logs.of(log, _ -> new Hosts());
        String host = hosts.name(request.host());
        if (host.isEmpty()) {
            return log;
        }
        if (hosts.isSite(host) || isKnown.test(host)) {
            return host;
        }
        if (Readership.isPartOfPage(request)) {
            hosts.read(host, request.client());
        }
        return log;
    }

    /** Takes a request of these readers; gives the attempt that it is, if it is one. */
    Optional<Attempt> read(String readers, AccessRecord request) {
        return sensors.of(readers, this::sensor).read(request);
    }

    private AccessSensor sensor(String readers) {
        return new AccessSensor(visits, client -> visitors.accept(readers, client));
    }

    /** How a source has behaved among these readers; nothing where their log tells of nobody any more. */
    Optional<Conduct> conduct(String readers, Cidr source, long second) {
        return Optional.ofNullable(sensors.find(readers)).map(sensor -> sensor.conduct(source, second));
    }

    boolean isCrowd(Cidr source, long second) {
        return visits.isCrowd(source, second);
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, logs, (to, log, hosts) -> {
            to.writeUTF(log);
            hosts.write(to);
        });
        Saved.table(out, sensors, (to, readers, sensor) -> {
            to.writeUTF(readers);
            sensor.write(to);
        });
        visits.write(out);
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, ROOM, in -> logs.of(in.readUTF(), _ -> new Hosts()).read(in));
        Saved.table(
                from,
                SiteTable.ROOM,
                in -> sensors.of(in.readUTF(), this::sensor).read(in));
        visits.read(from);
    }
}
