package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The log of a WordPress site's trap, read around a deed. What was written of the deed is whole when the line of a login
 * that came after it is there.
 */
final class TrapLog {

    /** From where that login comes, by way of the proxy that the site has. */
    static final String MARKER = "192.0.2.77";

    private final Network network;
    private final Path file;
    private final AtomicInteger number = new AtomicInteger(1);

    TrapLog(Network network, Path file) {
        this.network = network;
        this.file = file;
    }

    /** Does it, and gives what was written of it, without time and tag. */
    List<String> told(Runnable deed) {
        String before = read();
        deed.run();
        String mark = "mark" + number.getAndIncrement();
        network.curl(
                        Network.GATEWAY,
                        "-H",
                        "X-Forwarded-For: " + MARKER,
                        "--data",
                        "log=" + mark + "&pwd=x",
                        Network.url(Network.GATEWAY, 80, "/wp-login.php"))
                .good();
        Await.until(() -> read().contains(" " + mark + " "), this::read);
        return read().substring(before.length())
                .lines()
                .map(line -> line.replaceFirst("^\\S+ \\S+ wordpress\\(192\\.0\\.2\\.1\\)\\[\\d+\\]: ", ""))
                .filter(line -> !line.endsWith(MARKER))
                .toList();
    }

    /** The same without the facts: what is written in the words of WP fail2ban. */
    List<String> events(Runnable deed) {
        return told(deed).stream().filter(line -> !line.startsWith("Bailiff: ")).toList();
    }

    private String read() {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
