package bailiff.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is looked for: the same thing in each program's language, and the configurations that hold it. */
final class Expressions {

    /** The two complaints of WordPress's classic trap, for Bailiff and fail2ban: one expression a line. */
    static final String TRAP = "^\\s*(?:\\S+\\s+)?wordpress(?:[(\\[]\\S*)?:?\\s+Authentication failure for"
            + " <F-USER>.*</F-USER> from <HOST>$\n"
            + "            ^\\s*(?:\\S+\\s+)?wordpress(?:[(\\[]\\S*)?:?\\s+Pingback error .* generated from <HOST>$";

    /** The same for {@code grep -E} and {@code rg}. */
    static final String TRAP_GREP = "^.{15} ([^ ]+ )?wordpress((\\(|\\[)[^ ]*)?:? +"
            + "(Authentication failure for .*|Pingback error .* generated) from [0-9a-fA-F.:]+$";

    /** What each attack line of the made-up logs has in it. */
    static final String TRAP_LITERAL = "Authentication failure for ";

    /** A guess by XML-RPC in Apache's log, for Bailiff and fail2ban. */
    static final String XMLRPC = "^<HOST> \\S+ \\S+ \\[[^\\]]*\\] \"POST /xmlrpc\\.php\\S* HTTP/[0-9.]+\" [0-9]{3} ";

    /** The same for {@code grep -E} and {@code rg}, shortened: with what follows rg takes ten times as long. */
    static final String XMLRPC_GREP = "^[^ ]+ [^ ]+ [^ ]+ \\[[^]]+\\] \"POST /xmlrpc\\.php";

    /** What such a line must have in it. */
    static final String XMLRPC_LITERAL = "\"POST /xmlrpc.php";

    /** How Apache writes the time, for those who are told. */
    static final String ACCESS_TIME = "%d/%b/%Y:%H:%M:%S %z";

    private Expressions() {}

    /** Writes a configuration with one jail by that name and expression; three failures in an hour, a day's ban. */
    static Path jail(Path directory, String name, String failregex, Path log) throws IOException {
        filter(directory, name, failregex);
        String text = """
            [%1$s]
            enabled = true
            filter = %1$s
            maxretry = 3
            findtime = 3600
            bantime = 86400
            backend = auto
            action = noop
            logpath = %2$s
            """.formatted(name, log);
        Files.writeString(directory.resolve("jail.local"), text);
        return directory;
    }

    /** Writes the filter alone, and an action that does nothing. */
    static void filter(Path directory, String name, String failregex) throws IOException {
        Files.createDirectories(directory.resolve("filter.d"));
        Files.createDirectories(directory.resolve("action.d"));
        String percents = failregex.replace("%", "%%");
        Files.writeString(
                directory.resolve("filter.d").resolve(name + ".conf"),
                "[Definition]\nfailregex = " + percents + "\nignoreregex =\n");
        Files.writeString(
                directory.resolve("action.d").resolve("noop.conf"),
                "[Definition]\nactionstart =\nactionstop =\nactioncheck =\nactionban =\nactionunban =\n");
    }
}
