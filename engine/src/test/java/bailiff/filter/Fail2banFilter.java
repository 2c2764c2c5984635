package bailiff.filter;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An installed fail2ban's own filter in a child process: what ours must agree with over many lines. */
final class Fail2banFilter implements AutoCloseable {

    /** The times that these lines begin with: fail2ban puts one before a line that has none. */
    private static final Pattern TIME = Pattern.compile("^(?:Aug 14 09:59:\\d\\d|2005-08-14T09:59:\\d\\d\\+0000)");

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private Fail2banFilter(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Where fail2ban is not installed the test is skipped, but fails under CI. */
    static Fail2banFilter start() throws IOException {
        Needs.orSkip(
                Files.isDirectory(Path.of("/etc/fail2ban/filter.d"))
                        && Files.isDirectory(Path.of("/usr/lib/python3/dist-packages/fail2ban")),
                "the package fail2ban is not installed to compare with");
        try (InputStream program = Fail2banFilter.class.getResourceAsStream("fail2ban_sessions.py")) {
            String text = new String(Objects.requireNonNull(program).readAllBytes(), StandardCharsets.UTF_8);
            return new Fail2banFilter(new ProcessBuilder("/usr/bin/python3", "-c", text)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
    }

    /** Sets up a filter of the installation, and tells how it is made; {@code call} as in {@code sshd mode=ddos}. */
    FilterDefinition stock(String call) throws IOException {
        ask("stock " + call);
        List<String> words = List.of(answer().split(" "));
        int slash = words.indexOf("/");
        return new FilterDefinition(
                call,
                texts(words.subList(2, slash)),
                texts(words.subList(slash + 1, words.size())),
                text(words.get(1)),
                "",
                ZoneOffset.UTC,
                "warn",
                Integer.parseInt(words.getFirst()));
    }

    /** Sets up a filter. */
    void own(FilterDefinition filter) throws IOException {
        List<String> words =
                new ArrayList<>(List.of("own", String.valueOf(filter.maxlines()), word(filter.prefregex())));
        filter.failregex().forEach(regex -> words.add(word(regex)));
        words.add("/");
        filter.ignoreregex().forEach(regex -> words.add(word(regex)));
        ask(String.join(" ", words));
    }

    /** Makes the filter forget all lines. */
    void forget() throws IOException {
        ask("fresh");
    }

    /** {@code none}, or the failregex, host, second, users and lines of the failure. */
    String apply(String line) throws IOException {
        ask("line " + word(line));
        return answer();
    }

    /** What ours says of a line, in the same words. */
    static String written(Outcome outcome, String line) {
        if (!(outcome instanceof Outcome.Matched(Sighting sighting))) {
            return "none";
        }
        List<String> lines = new ArrayList<>(sighting.before());
        lines.add(line);
        lines.replaceAll(text -> TIME.matcher(text).replaceFirst(""));
        return "%d %s %d u%s m%s"
                .formatted(
                        sighting.regex(),
                        sighting.host(),
                        sighting.time().getEpochSecond(),
                        sighting.users().stream()
                                .map(Fail2banFilter::word)
                                .sorted()
                                .collect(Collectors.joining(",")),
                        lines.stream().map(Fail2banFilter::word).collect(Collectors.joining(",")));
    }

    private void ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
    }

    private String answer() throws IOException {
        return Objects.requireNonNull(answers.readLine(), "fail2ban gave up");
    }

    private static List<String> texts(List<String> words) {
        return words.stream().map(Fail2banFilter::text).toList();
    }

    private static String text(String word) {
        return new String(HexFormat.of().parseHex(word.substring(1)), StandardCharsets.UTF_8);
    }

    private static String word(String text) {
        return "x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
