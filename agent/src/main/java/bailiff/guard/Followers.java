package bailiff.guard;

import bailiff.config.Listen;
import bailiff.config.Sources;
import bailiff.source.Encoding;
import bailiff.source.Follower;
import bailiff.source.JournalFollower;
import bailiff.source.JournalSource;
import bailiff.source.ListeningFollower;
import bailiff.source.LogFollower;
import bailiff.source.LogPath;
import bailiff.source.SyslogAddress;
import bailiff.source.SyslogSockets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a jail's configuration says about its lines, as {@link bailiff.source} takes it. */
final class Followers {

    /** Where systemd keeps journals that outlast the machine's end, and those that do not. */
    private static final List<Path> JOURNALS = List.of(Path.of("/var/log/journal"), Path.of("/run/log/journal"));

    private Followers() {}

    /** The logs of {@code logpath}. */
    static List<LogPath> logs(Sources sources) {
        return sources.logs().stream().map(Followers::path).toList();
    }

    private static LogPath path(bailiff.config.LogPath configured) {
        LogPath.Start start = switch (configured.start()) {
            case HEAD -> LogPath.Start.HEAD;
            case TAIL -> LogPath.Start.TAIL;
        };
        return new LogPath(configured.glob(), start);
    }

    /** The entries of the journal. */
    static JournalSource journal(Sources sources) {
        return new JournalSource(sources.journalmatch(), sources.journal(), sources.encoding());
    }

    /** What keeps the lines from being read, whatever there is to read: the option at fault, and a sentence. */
    static Optional<Map.Entry<String, String>> problem(Sources sources) {
        boolean journal = sources.backend() != Sources.Backend.FILES;
        Optional<String> unfit = journal ? journal(sources).problem() : Optional.empty();
        if (unfit.isPresent()) {
            return Optional.of(Map.entry("backend", unfit.get()));
        }
        return Encoding.of(sources.encoding()).isPresent()
                ? Optional.empty()
                : Optional.of(Map.entry(
                        "logencoding",
                        "logs in " + sources.encoding() + " cannot be read: a line does not end in one byte there"));
    }

    /**
     * A follower of the jail's lines that has not begun.
     *
     * @param bookmarks how far was read before the restart
     * @param findtime the journal, when it is new to us, is read from so long ago
     */
    static Follower of(Sources sources, Map<String, String> bookmarks, Duration findtime, InstantSource clock) {
        return switch (sources.backend()) {
            case FILES -> files(sources, bookmarks, clock);
            case JOURNAL -> journal(sources, bookmarks, findtime, clock);
            case EITHER -> {
                LogFollower files = files(afterJournal(sources, bookmarks), bookmarks, clock);
                if (files.isAnyThere() || !isJournalThere(sources)) {
                    yield files;
                }
                files.close();
                yield journal(sources, bookmarks, findtime, clock);
            }
        };
    }

    /*
     * What was read in the journal until now stands in the files as well: failures must not count a second time. What was
     * written while no guard ran is missed for that.
     */
    private static Sources afterJournal(Sources sources, Map<String, String> bookmarks) {
        boolean isFirst = bookmarks.keySet().equals(Set.of(JournalFollower.NAME));
        return isFirst
                ? sources.withLogs(sources.logs().stream()
                        .map(log -> new bailiff.config.LogPath(log.glob(), bailiff.config.LogPath.Start.TAIL))
                        .toList())
                : sources;
    }

    /** The same that takes syslog at the jail's addresses besides, if it has any. */
    static Follower listening(Follower others, JailRules rules, SyslogSockets sockets, InstantSource clock) {
        List<SyslogAddress> addresses = rules.sources().listen().stream()
                .map(listen -> address(listen, sockets.run()))
                .distinct()
                .toList();
        return addresses.isEmpty()
                ? others
                : new ListeningFollower(others, sockets, rules.name(), addresses, clock);
    }

    /** The address as it is opened. */
    private static SyslogAddress address(Listen listen, Path run) {
        return switch (listen.kind()) {
            case UNIX -> new SyslogAddress.Unix(run.resolve(listen.place()).normalize());
            case UDP -> new SyslogAddress.Udp(socket(listen));
            case TCP -> new SyslogAddress.Tcp(socket(listen));
        };
    }

    private static InetSocketAddress socket(Listen listen) {
        return new InetSocketAddress(InetAddress.ofLiteral(listen.place()), listen.port());
    }

    /*
     * A machine without systemd, a container for one, has no journal. Its logs may begin to be written when the guard runs
     * already, so they are waited for.
     */
    private static boolean isJournalThere(Sources sources) {
        return !sources.journal().isEmpty() || JOURNALS.stream().anyMatch(Files::isDirectory);
    }

    private static LogFollower files(Sources sources, Map<String, String> bookmarks, InstantSource clock) {
        Encoding encoding = Encoding.of(sources.encoding()).orElse(Encoding.UTF_8);
        return new LogFollower(logs(sources), bookmarks, encoding, clock);
    }

    private static Follower journal(
            Sources sources, Map<String, String> bookmarks, Duration findtime, InstantSource clock) {
        Instant since = clock.instant().minus(findtime);
        return new JournalFollower(journal(sources), bookmarks, since, clock);
    }
}
