package bailiff.action;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs commands by {@code /bin/sh}, each in a session of its own. Safe for any thread. */
final class ProcessShell implements Shell {

    /** Bytes of what a command writes that are kept for the log; the rest is read and thrown away. */
    static final int MOST_OUTPUT = 2_000;

    private static final Duration SHORTEST_NAP = Duration.ofMillis(1);
    private static final Duration LONGEST_NAP = Duration.ofMillis(50);

    /* What the command started and left running may hold its output open for ever; nobody waits for that. */
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private static final String PLACES = ":/usr/local/sbin:/usr/sbin:/sbin";

    private final List<String> prefix;

    /**
     * A shell.
     *
     * @param prefix words before every command, such as {@code ip netns exec NAME}; those must not fork
     */
    ProcessShell(List<String> prefix) {
        this.prefix = List.copyOf(prefix);
    }

    @Override
    public Outcome run(ShellCommand command, Duration patience) {
        try {
            return hear(start(command), patience);
        } catch (IOException e) {
            return new Outcome(NO_CODE, clean(Objects.requireNonNullElse(e.getMessage(), e.toString())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome(NO_CODE, "interrupted");
        }
    }

    private Process start(ShellCommand command) throws IOException {
        List<String> words = new ArrayList<>(prefix);
        // setsid does not fork here: the process becomes the head of its session under the number that we know.
        words.addAll(List.of("setsid", "/bin/sh", "-c", command.text()));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.merge("PATH", PLACES.substring(1), (path, _) -> path + PLACES);
        environment.putAll(command.variables());
        return builder.start();
    }

    private static Outcome hear(Process process, Duration patience) throws IOException, InterruptedException {
        try (InputStream output = process.getInputStream()) {
            ByteArrayOutputStream kept = new ByteArrayOutputStream();
            boolean ended = await(process, output, kept, patience);
            if (!ended) {
                kill(process);
                return new Outcome(NO_CODE, "timed out after " + patience.toSeconds() + " seconds" + words(kept));
            }
            int code = process.exitValue();
            return new Outcome(
                    code, code == 0 ? words(kept).replaceFirst("^: ", "") : "exit code " + code + words(kept));
        } catch (InterruptedException e) {
            // Whoever interrupts has no time for this command; the next one gets its chance.
            kill(process);
            throw e;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Reads along until the process has ended; false when it has not in time. */
    private static boolean await(Process process, InputStream output, ByteArrayOutputStream kept, Duration patience)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long nap = SHORTEST_NAP.toNanos();
        boolean ended = false;
        while (!ended && System.nanoTime() < end) {
            ended = process.waitFor(nap, TimeUnit.NANOSECONDS);
            boolean wrote = read(output, kept);
            nap = wrote ? SHORTEST_NAP.toNanos() : Math.min(nap * 2, LONGEST_NAP.toNanos());
        }
        long last = System.nanoTime() + LAST_WORDS.toNanos();
        while (ended && read(output, kept) && System.nanoTime() < last) {
            Thread.onSpinWait();
        }
        return ended;
    }

    private static boolean read(InputStream output, ByteArrayOutputStream kept) throws IOException {
        int there = output.available();
        if (there <= 0) {
            return false;
        }
        byte[] some = output.readNBytes(Math.min(there, 1 << 16));
        kept.write(some, 0, Math.min(some.length, MOST_OUTPUT - kept.size()));
        return true;
    }

    /** Kills the process, its group, and whatever it has started that went into another group. */
    private static void kill(Process process) throws IOException, InterruptedException {
        List<ProcessHandle> others = process.descendants().toList();
        signal("TERM", process.pid());
        process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        signal("KILL", process.pid());
        others.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Java can signal a process, but no group of them. */
    private static void signal(String name, long group) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name + " -- -" + group)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!kill.waitFor(LAST_WORDS.toMillis() * 10, TimeUnit.MILLISECONDS)) {
            kill.destroyForcibly();
        }
    }

    private static String words(ByteArrayOutputStream kept) {
        String text = clean(kept.toString(StandardCharsets.UTF_8));
        return text.isEmpty() ? "" : ": " + text;
    }

    private static String clean(String text) {
        return text.strip().replaceAll("\\R+", "; ").replaceAll("\\p{Cntrl}", "?");
    }
}
