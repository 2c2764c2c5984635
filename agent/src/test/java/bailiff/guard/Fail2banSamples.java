package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.jr.ob.JSON;

/** The sample logs of an installed fail2ban, read where they are, with what it demands of each line. */
final class Fail2banSamples {

    private static final Path PACKAGE = Path.of("/usr/lib/python3/dist-packages/fail2ban");
    private static final Path STOCK = Path.of("/etc/fail2ban");
    private static final Pattern DEMAND = Pattern.compile("^#+ ?(failJSON|fileOptions|filterOptions|addFILE):(.+)$");

    private Fail2banSamples() {}

    /**
     * A line and what is demanded of it.
     *
     * @param file the log that it stands in
     * @param number of the line, from 1
     * @param text the line
     * @param demands the failJSON; empty where the line is to say nothing
     * @param variants the options of the filters that it is shown to, one after the other
     */
    record Sample(
            String file, int number, String text, Map<String, Object> demands, List<Map<String, Object>> variants) {

        @Override
        public String toString() {
            return file + ":" + number + ": " + text;
        }
    }

    /** Skips the test where fail2ban with its test logs is not installed; under CI fails it. */
    static void orSkip() {
        boolean there = Files.isDirectory(logs()) && Files.isDirectory(STOCK.resolve("filter.d"));
        String otherwise = "needs the package fail2ban with its sample logs, " + logs();
        Needs.orSkip(there, otherwise);
    }

    private static Path logs() {
        return PACKAGE.resolve("tests/files/logs");
    }

    /** The names of the filters that have samples. */
    static List<String> names() throws IOException {
        try (var files = Files.list(logs())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.startsWith("zzz-") || Files.exists(STOCK.resolve("filter.d/" + name + ".conf")))
                    .sorted()
                    .toList();
        }
    }

    /** A copy of the configuration, with the filters that only fail2ban's tests have. */
    static void copyConfiguration(Path to) throws IOException {
        try (var files = Files.walk(STOCK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(STOCK.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        try (var files = Files.newDirectoryStream(PACKAGE.resolve("tests/config/filter.d"), "zzz-*.conf")) {
            for (Path file : files) {
                String text =
                        Files.readString(file).replaceAll("(?m)^before = .*/common\\.conf$", "before = common.conf");
                Files.writeString(to.resolve("filter.d").resolve(file.getFileName()), text);
            }
        }
    }

    /** The samples of a filter, in the order in which they are to be shown. */
    static List<Sample> of(String name) throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<String> files = new ArrayList<>(List.of(name));
        Reading reading = new Reading(name, files, samples);
        for (int i = 0; i < files.size(); i++) {
            reading.read(files.get(i));
        }
        return samples;
    }

    /** Reads one log after the other; options once set go on to the next. */
    private static final class Reading {

        private final String name;
        private final List<String> files;
        private final List<Sample> samples;
        private Map<String, Object> common = Map.of();
        private List<Map<String, Object>> variants = List.of();

        Reading(String name, List<String> files, List<Sample> samples) {
            this.name = name;
            this.files = files;
            this.samples = samples;
        }

        void read(String file) throws IOException {
            boolean skipping = false;
            byte[] bytes = Files.readAllBytes(logs().resolve(file));
            List<String> lines = List.of(new String(bytes, StandardCharsets.UTF_8).split("\r*\n"));
            for (int i = 0; i < lines.size(); i++) {
                String text = lines.get(i);
                Matcher matcher = DEMAND.matcher(text);
                Map<String, Object> demands = Map.of();
                if (matcher.matches()) {
                    switch (matcher.group(1)) {
                        case "fileOptions" -> common = JSON.std.mapFrom(matcher.group(2));
                        case "filterOptions" -> skipping = !setVariants(matcher.group(2));
                        case "addFILE" -> files.add(matcher.group(2).strip().replace("\"", ""));
                        default -> demands = JSON.std.mapFrom(matcher.group(2));
                    }
                    if (demands.isEmpty()) {
                        continue;
                    }
                    i++;
                } else if (text.startsWith("#") || text.isBlank()) {
                    continue;
                }
                if (!skipping) {
                    List<Map<String, Object>> shown = variants.isEmpty() ? List.of(Map.of()) : variants;
                    samples.add(new Sample(file, i + 1, lines.get(i), demands, shown));
                }
            }
        }

        /** Whether the lines that follow are for this filter. */
        private boolean setVariants(String json) throws IOException {
            List<Map<String, Object>> next = new ArrayList<>();
            boolean ours = true;
            String list = json.strip().startsWith("[") ? json : "[" + json + "]";
            for (Object options : JSON.std.listFrom(list)) {
                Map<String, Object> merged = new TreeMap<>(common);
                ((Map<?, ?>) options).forEach((key, value) -> merged.put(String.valueOf(key), value));
                if (merged.containsKey("test.condition")) {
                    assertThat(merged).containsEntry("test.condition", "name=='sshd'");
                    ours = name.equals("sshd");
                }
                if (ours) {
                    next.add(merged);
                }
            }
            variants = next;
            return ours;
        }
    }
}
