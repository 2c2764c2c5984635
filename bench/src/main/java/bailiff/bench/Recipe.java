package bailiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What both contenders guard: WordPress's failures in the authentication log, three in an hour, a ban of a day. */
final class Recipe {

    private static final String FILTER = """
        [INCLUDES]
        before = common.conf
        [Definition]
        _daemon = wordpress
        failregex = ^%(__prefix_line)sAuthentication failure for .* from <HOST>$
                    ^%(__prefix_line)sPingback error .* generated from <HOST>$
        ignoreregex =
        """;

    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT);

    private Recipe() {}

    /** Writes the filter and one jail over these logs into a configuration directory, in fail2ban's format. */
    static void write(Path directory, List<Path> logs, String action) throws IOException {
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("filter.d").resolve("wordpress.conf"), FILTER);
        String paths = logs.stream().map(Path::toString).collect(Collectors.joining("\n          "));
        Files.writeString(directory.resolve("jail.local"), """
            [sshd]
            enabled = false

            [wordpress]
            enabled = true
            filter = wordpress
            maxretry = 3
            findtime = 3600
            bantime = 86400
            action = %s[name=wordpress, port="80,443", protocol="tcp"]
            logpath = %s
            """.formatted(action, paths));
    }

    /** Makes so many empty logs. */
    static List<Path> logs(Path directory, int number) throws IOException {
        Files.createDirectories(directory);
        List<Path> logs = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            logs.add(Files.createFile(directory.resolve(i == 0 ? "auth.log" : "auth-" + i + ".log")));
        }
        return logs;
    }

    /** The line that WordPress writes for a failed login from that address at that local time. */
    static String line(LocalDateTime time, String address) {
        return SYSLOG.format(time) + " web1 wordpress(blog.example.org)[4711]: Authentication failure for admin from "
                + address + "\n";
    }
}
