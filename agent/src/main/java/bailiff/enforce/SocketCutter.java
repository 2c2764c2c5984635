package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.PortRange;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes the connections that a newly banned address holds, so that the server's workers do not wait for it in vain.
 *
 * <p>Best effort: their packets are dropped in any case. Connections that end in a container are not closed. Called by
 * one thread, works on another.
 */
final class SocketCutter implements Closeable {

    /*
     * `ss -K` closes every socket that its filter matches, and with an empty filter every socket of the machine: a
     * filter here always names at least one network, and the ports where the jail has any. It runs beside the bans,
     * not in their way, and lets the bans of one wave come together first; what does not fit in the queue is left to
     * time out.
     */
    static final int MOST_WAITING = 1_024;

    private static final int MOST_AT_ONCE = 100;

    private static final Duration GATHERING = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(SocketCutter.class);

    /** A network to cut off from the ports of a fence. */
    private record Cut(Cidr subject, List<PortRange> ports) {}

    private final CommandRunner runner;
    private final BlockingQueue<Cut> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread worker;
    private boolean started;

    SocketCutter(CommandRunner runner) {
        this.runner = runner;
        this.worker = Thread.ofPlatform().daemon().name("bailiff-cut").unstarted(this::work);
    }

    /** Soon closes the connections of the networks that these changes ban, to ports that their jails' fences close. */
    void cut(List<Fence> fences, List<Change> changes) {
        for (Change change : changes) {
            if (change instanceof Change.Add add && waiting.remainingCapacity() > 0) {
                for (Fence fence : fences) {
                    boolean open = fence.protocol() == Protocol.TCP || fence.protocol() == Protocol.ALL;
                    if (open && fence.jail().equals(add.jail())) {
                        waiting.offer(new Cut(add.subject(), fence.ports()));
                    }
                }
            }
        }
        if (!started && !waiting.isEmpty()) {
            started = true;
            worker.start();
        }
    }

    @Override
    public void close() {
        worker.interrupt();
    }

    private void work() {
        try {
            List<Cut> batch = new ArrayList<>();
            while (true) {
                batch.add(waiting.take());
                Thread.sleep(GATHERING);
                waiting.drainTo(batch, MOST_AT_ONCE - 1);
                batch.stream().map(Cut::ports).distinct().forEach(ports -> kill(batch, ports));
                batch.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void kill(List<Cut> batch, List<PortRange> ports) {
        List<Cidr> subjects = batch.stream()
                .filter(cut -> cut.ports().equals(ports))
                .map(Cut::subject)
                .distinct()
                .toList();
        try {
            Answer answer = Answer.of(runner, command(subjects, ports), "", PATIENCE);
            if (!answer.isGood()) {
                LOG.debug("Connections of banned addresses were not closed: {}", answer.complaint());
            }
        } catch (IOException e) {
            LOG.debug("Connections of banned addresses were not closed: {}", e.getMessage());
        }
    }

    /** The command for at least one network. */
    static List<String> command(List<Cidr> subjects, List<PortRange> ports) {
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("an empty filter would close every connection");
        }
        List<String> words = new ArrayList<>(List.of("ss", "-K", "-H", "-n", "-t", "("));
        for (Cidr subject : subjects) {
            words.addAll(words.getLast().equals("(") ? List.of() : List.of("or"));
            words.addAll(List.of("dst", written(subject)));
        }
        words.add(")");
        if (!ports.isEmpty()) {
            words.addAll(List.of("and", "("));
            for (PortRange range : ports) {
                words.addAll(words.getLast().equals("(") ? List.of() : List.of("or"));
                words.addAll(List.of("(", "sport", "ge", ":" + range.first()));
                words.addAll(List.of("and", "sport", "le", ":" + range.last(), ")"));
            }
            words.add(")");
        }
        return List.copyOf(words);
    }

    private static String written(Cidr subject) {
        return subject.first().isV4() ? subject.toString() : "[" + subject + "]";
    }
}
