package bailiff.config;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code fail2ban.conf} says of the shield, and looks whether it can be done here. What is wrong goes to the
 * problems, and is left out. Not thread-safe.
 */
final class ShieldOptionsReader {

    /** The options that mean something to the shield. */
    static final List<String> OPTIONS =
            List.of("shieldsocket", "shieldhttp", "multicall", "denymap", "decisions", "decisionkey");

    private static final Pattern HTTP =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([0-9.]+)):([0-9]{1,5})(?:\\s+(open))?");
    private static final String HTTP_EXPECTED =
            "an address of loopback and a port, such as 127.0.0.1:734 or [::1]:734; for any other address the word"
                    + " open behind it, since whoever reaches it may ask whom you ban";

    /* The path of a Unix socket has room for 108 bytes: <sys/un.h>. */
    private static final int LONGEST_SOCKET = 107;
    private static final int MOST_LOGINS = 10_000;

    /** The guard makes it when it starts, after this was read. */
    private static final Path MADE_AT_START = Path.of("/run/bailiff");

    private final Map<String, Passage> options;
    private final Problems problems;

    /**
     * @param options those that are set, by name
     */
    ShieldOptionsReader(Map<String, Passage> options, Problems problems) {
        this.options = options;
        this.problems = problems;
    }

    ShieldOptions read() {
        String decisions = file("decisions");
        String key = text("decisionkey");
        boolean signed = !decisions.isEmpty() && isKey(key);
        return new ShieldOptions(
                socket(), http(), multicall(), file("denymap"), signed ? decisions : "", signed ? key : "");
    }

    /** The option's text; empty where it is not set, or switched off. */
    private String text(String option) {
        String text = written(option);
        return text.equals(ShieldOptions.OFF) ? "" : text;
    }

    private String written(String option) {
        Passage value = options.get(option);
        return value == null ? "" : value.text().strip();
    }

    private void wrong(String option, String expected) {
        Passage value = options.get(option);
        if (value != null) {
            problems.error(value.place(), "read " + Quoted.of(value.text().strip()) + ", expected " + expected);
        }
    }

    private String socket() {
        String path = written("shieldsocket");
        if (path.isEmpty() || path.equals(ShieldOptions.OFF)) {
            return path;
        }
        boolean fits = path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_SOCKET;
        if (absolute(path).isEmpty() || !fits) {
            wrong("shieldsocket", "an absolute path of at most " + LONGEST_SOCKET + " bytes, or none");
            return ShieldOptions.OFF;
        }
        return path;
    }

    private List<InetSocketAddress> http() {
        String text = text("shieldhttp");
        if (text.isEmpty()) {
            return List.of();
        }
        Matcher parts = HTTP.matcher(text);
        if (parts.matches()) {
            String host = parts.group(1) == null ? parts.group(2) : parts.group(1);
            Optional<IpAddress> address = IpAddress.parse(host);
            int port = Integer.parseInt(parts.group(3));
            boolean reachable = address.isPresent()
                    && (address.get().toInetAddress().isLoopbackAddress() || parts.group(4) != null);
            if (reachable && port > 0 && port < 1 << 16) {
                return List.of(new InetSocketAddress(address.get().toInetAddress(), port));
            }
        }
        wrong("shieldhttp", HTTP_EXPECTED);
        return List.of();
    }

    private int multicall() {
        String text = written("multicall");
        if (text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0 && Integer.parseInt(text) <= MOST_LOGINS) {
            return Integer.parseInt(text);
        }
        if (!text.isEmpty()) {
            wrong("multicall", "how many logins one request may hold, 1 to " + MOST_LOGINS);
        }
        return ShieldOptions.DEFAULT.multicall();
    }

    private String file(String option) {
        String text = text(option);
        if (text.isEmpty()) {
            return "";
        }
        Optional<Path> path = absolute(text);
        if (path.isEmpty() || Files.isDirectory(path.get())) {
            wrong(option, "the absolute path of a file, or none");
            return "";
        }
        Path directory = path.get().getParent();
        boolean willBeThere = MADE_AT_START.equals(directory);
        if (directory == null || (!willBeThere && !Files.isDirectory(directory))) {
            wrong(
                    option,
                    "a file in a directory that is there, and " + Quoted.of(String.valueOf(directory)) + " is not");
            return "";
        }
        return text;
    }

    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }

    private boolean isKey(String path) {
        String lack = lack(path);
        if (!lack.isEmpty()) {
            String option = path.isEmpty() ? "decisions" : "decisionkey";
            wrong(
                    option,
                    "a file with a key of " + ShieldOptions.SHORTEST_KEY + " characters or more in decisionkey, "
                            + lack);
        }
        return lack.isEmpty();
    }

    /** What the key's file lacks; empty when nothing. */
    private static String lack(String path) {
        if (path.isEmpty()) {
            return "and none is named";
        }
        try (var in = Files.newInputStream(Path.of(path))) {
            byte[] key = in.readNBytes(ShieldOptions.LARGEST_KEY + 1);
            int length = new String(key, StandardCharsets.UTF_8).strip().length();
            if (key.length > ShieldOptions.LARGEST_KEY) {
                return "and that is larger than " + ShieldOptions.LARGEST_KEY + " bytes";
            }
            return length < ShieldOptions.SHORTEST_KEY ? "and that has " + length : "";
        } catch (IOException | InvalidPathException e) {
            return "and that cannot be read: " + Quoted.reason(e);
        }
    }
}
