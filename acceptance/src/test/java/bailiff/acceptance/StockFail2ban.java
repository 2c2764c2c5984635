package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The configuration that the package fail2ban has put on the machine of these tests; none of it is in our repository. */
final class StockFail2ban {

    private static final Path INSTALLED = Path.of("/etc/fail2ban");

    private StockFail2ban() {}

    /** Sees to it that the package is there. */
    static void need() {
        if (!Files.exists(INSTALLED.resolve("jail.conf"))) {
            Needs.missing("This test needs the configuration of fail2ban: apt-get install fail2ban.");
        }
        Needs.program("fail2ban-client", "fail2ban");
    }

    /** Copies the configuration to {@code fail2ban} in that folder, and makes the directories that the package makes. */
    static void copyTo(Folder folder) {
        folder.directory("run/fail2ban");
        folder.directory("lib/fail2ban");
        for (String part : List.of("jail.conf", "fail2ban.conf", "action.d", "filter.d", "jail.d")) {
            copy(INSTALLED.resolve(part), folder);
        }
        try (Stream<Path> files = Files.list(INSTALLED)) {
            files.filter(file -> file.getFileName().toString().startsWith("paths-"))
                    .forEach(file -> copy(file, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all jails that the package has. */
    static List<String> jails() {
        try (Stream<String> lines = Files.lines(INSTALLED.resolve("jail.conf"))) {
            return lines.filter(line -> line.startsWith("["))
                    .map(line -> line.substring(1, line.indexOf(']')))
                    .filter(name -> !name.equals("INCLUDES") && !name.equals("DEFAULT"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Folder folder) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                folder.write("fail2ban/" + INSTALLED.relativize(file), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
