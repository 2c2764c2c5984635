package bailiff.config;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads where a jail's lines come from. */
final class SourcesReader {

    private static final Set<String> BACKENDS = Set.of("auto", "pyinotify", "gamin", "polling", "systemd");

    /** What may stand in brackets behind {@code systemd}. */
    private static final Set<String> JOURNAL =
            Set.of("journalpath", "journalfiles", "journalflags", "namespace", "rotated");

    /** Each takes a thread; who receives from more has a daemon for that. */
    private static final int MOST_LISTEN = 16;

    private final JailOptions options;
    private final Problems problems;

    SourcesReader(JailOptions options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    /**
     * The sources of the jail.
     *
     * @param journalmatch its lines, the filter's and the jail's
     */
    Sources read(List<Passage> journalmatch) {
        Call backend = backend();
        boolean systemd = backend.name().equals("systemd");
        List<LogPath> logs = systemd ? List.of() : logs();
        List<Listen> listen = listen();
        List<List<String>> matches = JournalMatches.read(journalmatch, problems);
        boolean journalInstead = backend.name().equals("auto")
                && !matches.isEmpty()
                && options.flag("systemd_if_nologs", true)
                && !options.flag("skip_if_nologs", false);
        if (logs.isEmpty() && !systemd && !journalInstead && listen.isEmpty()) {
            problems.error(options.placeFor("logpath"), "is not set, expected the file to read");
        }
        Sources.Backend kind = Sources.Backend.FILES;
        if (systemd || (journalInstead && logs.isEmpty())) {
            kind = Sources.Backend.JOURNAL;
        } else if (journalInstead) {
            kind = Sources.Backend.EITHER;
        }
        return new Sources(kind, logs, matches, systemd ? texts(backend) : Map.of(), encoding(), listen);
    }

    private List<Listen> listen() {
        Set<Listen> listen = new LinkedHashSet<>();
        for (Passage line : options.text("listen").map(Passage::lines).orElse(List.of())) {
            line.words().forEach(word -> listen(Passage.of(word, line.place())).ifPresent(listen::add));
        }
        if (listen.size() > MOST_LISTEN) {
            options.text("listen")
                    .ifPresent(value -> options.refuse(value, "expected " + MOST_LISTEN + " addresses at most"));
        }
        return List.copyOf(listen);
    }

    private Optional<Listen> listen(Passage word) {
        Optional<Listen> read = Listen.parse(word.text());
        if (read.isEmpty()) {
            options.wrong(word, Listen.EXPECTED);
        } else if (!read.get().isLocal()) {
            problems.warning(
                    word.place(),
                    "everybody who reaches " + read.get() + " can have anybody banned: nothing proves who sent a"
                            + " line; let the firewall admit your own machines only");
        }
        return read;
    }

    private Call backend() {
        Call usual = new Call("auto", Map.of());
        Optional<Passage> value = options.text("backend");
        if (value.isEmpty()) {
            return usual;
        }
        try {
            Call read = CallParser.one(value.get());
            Call backend = new Call(read.name().toLowerCase(Locale.ROOT), read.arguments());
            if (!BACKENDS.contains(backend.name())) {
                options.wrong(value.get(), "auto, polling, pyinotify or systemd");
                return usual;
            }
            checkArguments(backend, value.get());
            return backend;
        } catch (BadValue e) {
            problems.add(e.problem());
            return usual;
        }
    }

    private void checkArguments(Call backend, Passage value) {
        for (String argument : backend.arguments().keySet()) {
            if (backend.name().equals("systemd") && !JOURNAL.contains(argument)) {
                problems.error(
                        value.place(),
                        "read " + Quoted.of(argument) + ", expected journalpath, journalfiles, journalflags, namespace"
                                + " or rotated");
            } else if (!backend.name().equals("systemd")) {
                problems.warning(value.place(), Quoted.of(argument) + " has a meaning for systemd only");
            }
        }
    }

    private static Map<String, String> texts(Call call) {
        Map<String, String> texts = new LinkedHashMap<>();
        call.arguments().forEach((name, value) -> texts.put(name, value.text()));
        return texts;
    }

    private List<LogPath> logs() {
        List<LogPath> logs = new ArrayList<>();
        for (Passage line : options.text("logpath").map(Passage::lines).orElse(List.of())) {
            logs.add(log(line));
        }
        return logs;
    }

    private LogPath log(Passage line) {
        String text = line.text();
        LogPath.Start start = LogPath.Start.HEAD;
        int blank = text.lastIndexOf(' ');
        String last = text.substring(blank + 1);
        if (blank > 0 && (last.equals("head") || last.equals("tail"))) {
            start = last.equals("tail") ? LogPath.Start.TAIL : LogPath.Start.HEAD;
            text = text.substring(0, blank).strip();
        }
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            options.wrong(line, "an absolute path");
        }
        return new LogPath(text, start);
    }

    /** Every line stands for further entries, and so does what follows a {@code +} in it. */
    private Charset encoding() {
        try {
            Optional<Passage> value = options.text("logencoding");
            return value.isPresent() ? LogEncoding.parse(value.get()) : StandardCharsets.UTF_8;
        } catch (BadValue e) {
            problems.add(e.problem());
            return StandardCharsets.UTF_8;
        }
    }
}
