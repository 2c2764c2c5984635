package bailiff.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A log in fail2ban's own form, for jails and programs that read fail2ban's. Safe for any thread; never waits for the
 * disk and never throws: a thread of its own writes, and what it cannot write in time is counted and left out.
 */
public final class Fail2banLog implements Closeable {

    /** Records that wait to be written; further ones are lost, and their number is written down. Some 3 MB. */
    static final int MOST_WAITING = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Fail2banLog.class);
    private static final int AT_ONCE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final String SYSLOG_SOCKET = "/dev/log";
    private static final Path JOURNAL_SOCKET = Path.of("/run/systemd/journal/socket");

    /** What the writing thread does next. */
    private sealed interface Task {
        record Write(LogRecord entry) implements Task {}

        record Renew() implements Task {}

        record End() implements Task {}
    }

    private final String target;
    private final LogSink sink;
    private volatile int least;
    private final ArrayBlockingQueue<Task> tasks = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong lost = new AtomicLong();
    private final Thread writer;
    private volatile String problem = "";

    private Fail2banLog(String target, LogSink sink, int least) {
        this.target = target;
        this.sink = sink;
        this.least = least;
        this.writer = Thread.ofPlatform().daemon().name("fail2ban-log").start(this::work);
    }

    /**
     * Opens a log.
     *
     * @param target as fail2ban's {@code logtarget}: a file, {@code STDOUT}, {@code SYSOUT}, {@code STDERR},
     *     {@code SYSLOG} or {@code SYSTEMD-JOURNAL}, perhaps with {@code [format="...", datetime=off, padding=off,
     *     facility=local1]}
     * @param level fail2ban's log level; {@code INFO} where it is empty or no level
     * @param syslogSocket the path of the syslog daemon's socket; empty or {@code auto} for the usual one
     * @throws IllegalArgumentException when the target cannot be one, with what was read and what was expected
     */
    public static Fail2banLog open(String target, String level, String syslogSocket) {
        LogTarget parsed = LogTarget.parse(target).orElseThrow(() -> unknown(target));
        return new Fail2banLog(parsed.name(), sink(parsed, syslogSocket), number(level));
    }

    private static LogSink sink(LogTarget target, String syslogSocket) {
        RecordLayout layout = layout(target);
        return switch (target.kind()) {
            case "STDOUT", "SYSOUT" -> new LogStream(System.out, layout);
            case "STDERR" -> new LogStream(System.err, layout);
            case "SYSLOG" -> {
                String facility = target.options().getOrDefault("facility", "daemon");
                yield SyslogSink.syslog(socket(target.kind(), syslogSocket), facility, layout);
            }
            case "SYSTEMD-JOURNAL" -> SyslogSink.journal(socket(target.kind(), syslogSocket));
            default -> new LogFile(file(target.name()), layout);
        };
    }

    private static Path file(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("logtarget: this is no path: " + e.getMessage(), e);
        }
    }

    private static RecordLayout layout(LogTarget target) {
        boolean withTime = target.flag("datetime", !List.of("SYSLOG", "SYSOUT").contains(target.kind()));
        boolean padded = target.flag("padding", !target.kind().equals("SYSLOG"));
        ZoneId zone = ZoneId.systemDefault();
        String own = target.options().getOrDefault("format", "");
        Optional<RecordLayout> layout = own.isEmpty() ? Optional.empty() : RecordLayout.of(own, zone);
        if (!own.isEmpty() && layout.isEmpty()) {
            throw new IllegalArgumentException("logtarget: read format '" + own
                    + "', expected fields such as %(asctime)s %(name)s %(process)d %(levelname)s %(message)s");
        }
        return layout.orElseGet(() -> RecordLayout.usual(withTime, padded, zone));
    }

    private static int number(String level) {
        String name = level.strip().toUpperCase(Locale.ROOT);
        if (name.matches("[0-9]{1,3}")) {
            return Integer.parseInt(name);
        }
        return switch (name) {
            case "HEAVYDEBUG", "TRACEDEBUG", "DEBUG" -> LogRecord.Level.DEBUG.number();
            case "NOTICE", "WARNING", "ERROR", "CRITICAL" ->
                LogRecord.Level.valueOf(name).number();
            default -> LogRecord.Level.INFO.number();
        };
    }

    /**
     * What keeps a log from being opened there now, as a sentence; empty when nothing does. A file that is not there is
     * made, as it would be for the first line.
     */
    public static String obstacle(String target, String syslogSocket) {
        try {
            LogTarget parsed = LogTarget.parse(target).orElseThrow(() -> unknown(target));
            try (LogSink sink = sink(parsed, syslogSocket)) {
                boolean missing = sink instanceof SyslogSink && !Files.exists(socket(parsed.kind(), syslogSocket));
                if (missing) {
                    return "logtarget: there is no socket " + socket(parsed.kind(), syslogSocket);
                }
                sink.write(List.of());
            }
            return "";
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        } catch (IOException e) {
            return "logtarget: " + reason(e);
        }
    }

    private static Path socket(String kind, String syslogSocket) {
        if (kind.equals("SYSTEMD-JOURNAL")) {
            return JOURNAL_SOCKET;
        }
        return Path.of(syslogSocket.isEmpty() || syslogSocket.equals("auto") ? SYSLOG_SOCKET : syslogSocket);
    }

    private static IllegalArgumentException unknown(String target) {
        return new IllegalArgumentException(
                "logtarget: read '" + target + "', expected a file, STDOUT, STDERR, SYSLOG or SYSTEMD-JOURNAL");
    }

    /** The file, or the name of what is no file: its target without options. */
    public String target() {
        return target;
    }

    /** Whether it is a file, which rotation takes away. */
    public boolean isFile() {
        return sink instanceof LogFile;
    }

    /** Leaves out what is below that level from now on; {@code INFO} where it is empty or no level. */
    public void level(String level) {
        least = number(level);
    }

    /** Whether records of that level are written. */
    public boolean isWanted(LogRecord.Level level) {
        return level.number() >= least;
    }

    /** Has the record written, when its level is one that is wanted. */
    public void write(LogRecord entry) {
        if (entry.level().number() >= least && !tasks.offer(new Task.Write(entry))) {
            lost.incrementAndGet();
        }
    }

    /** Has the file opened anew, as after a rotation that left no other trace. */
    public void renew() {
        if (!tasks.offer(new Task.Renew())) {
            lost.incrementAndGet();
        }
    }

    /** What keeps it from being written, and how much was lost by that; empty when nothing does and nothing was. */
    public String problem() {
        long missing = lost.get();
        String loss = missing == 0 ? "" : " " + missing + " lines of it were lost.";
        return problem.isEmpty() && missing == 0
                ? ""
                : (problem.isEmpty() ? "The log in fail2ban's form:" : problem) + loss;
    }

    private void work() {
        try {
            boolean goesOn = true;
            while (goesOn) {
                List<Task> some = new ArrayList<>(List.of(tasks.take()));
                tasks.drainTo(some, AT_ONCE);
                goesOn = carryOut(some);
            }
            sink.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.debug("The log in fail2ban's form was not closed cleanly.", e);
        }
    }

    private boolean carryOut(List<Task> some) {
        List<LogRecord> records = new ArrayList<>();
        boolean goesOn = true;
        for (Task task : some) {
            switch (task) {
                case Task.Write(LogRecord entry) -> records.add(entry);
                case Task.Renew _ -> {
                    put(records);
                    records.clear();
                    put(List.of());
                }
                case Task.End _ -> goesOn = false;
            }
        }
        put(records);
        return goesOn;
    }

    /** Writes these records; without any, opens the file anew. */
    private void put(List<LogRecord> records) {
        try {
            if (records.isEmpty()) {
                sink.renew();
            } else {
                sink.write(records);
                problem = "";
            }
        } catch (IOException e) {
            String words = "The log in fail2ban's form cannot be written to " + target + ": " + reason(e) + ".";
            if (problem.isEmpty()) {
                LOG.warn("{}", words);
            }
            problem = words;
            lost.addAndGet(records.size());
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        return e instanceof NoSuchFileException ? "there is no such directory" : String.valueOf(reason);
    }

    /** Writes what waits, for two seconds at most, and lets go of the file. */
    @Override
    public void close() {
        try {
            if (tasks.offer(new Task.End(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                writer.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
