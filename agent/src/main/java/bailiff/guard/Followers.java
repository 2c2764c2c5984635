package bailiff.guard;

import bailiff.config.Sources;
import bailiff.source.Encoding;
import bailiff.source.Follower;
import bailiff.source.JournalFollower;
import bailiff.source.JournalSource;
import bailiff.source.LogFollower;
import bailiff.source.LogPath;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a jail's configuration says about its lines, as {@link bailiff.source} takes it. */
final class Followers {

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
                LogFollower files = files(sources, bookmarks, clock);
                if (files.isAnyThere()) {
                    yield files;
                }
                files.close();
                yield journal(sources, bookmarks, findtime, clock);
            }
        };
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
