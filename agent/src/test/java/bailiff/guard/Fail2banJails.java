package bailiff.guard;

import bailiff.Needs;
import bailiff.control.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The counter, ban manager and observer of an installed fail2ban in one process; without it the test is skipped, but
 * fails under CI.
 */
final class Fail2banJails implements AutoCloseable {

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    Fail2banJails() throws IOException {
        String program;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("fail2ban_jail.py"))) {
            program = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        process = new ProcessBuilder("/usr/bin/python3", "-c", program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        boolean ready = "ready".equals(answers.readLine());
        String why = "Needs fail2ban (package fail2ban) as the oracle: /usr/bin/python3 cannot import it.";
        Needs.orSkip(ready, why);
    }

    /** One failure, in one of the jails. */
    record Failed(long micros, String address, int jail) {}

    /**
     * What they make of it.
     *
     * @param bans {@code ADDRESS JAIL START BANTIME BANCOUNT}, in their order; times are milliseconds
     * @param ends {@code ADDRESS JAIL END}, sorted
     */
    record Outcome(List<String> bans, List<String> ends) {}

    /** A time as the outcome has it: milliseconds, rounded. */
    static long millis(Duration time) {
        return time.plusNanos(500_000).toMillis();
    }

    /** Runs failures through fresh jails with these options. */
    Outcome run(List<Map<String, Object>> jails, boolean cleanup, List<Failed> failures) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        failures.forEach(failed -> rows.add(List.of(failed.micros(), failed.address(), failed.jail())));
        questions.write(Json.line(Map.of("jails", jails, "cleanup", cleanup, "failures", rows)) + "\n");
        questions.flush();
        String answer = Objects.requireNonNull(answers.readLine(), "fail2ban's program has ended");
        List<String> bans = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        for (Object event : (List<?>)
                Objects.requireNonNull(Json.object("{\"all\":" + answer + "}").get("all"))) {
            List<?> parts = (List<?>) event;
            List<String> words = parts.stream().skip(1).map(String::valueOf).toList();
            (parts.getFirst().equals("ban") ? bans : ends).add(String.join(" ", words));
        }
        ends.sort(null);
        return new Outcome(bans, ends);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
