package bailiff.acceptance;

import java.util.List;

/** Names by which visitors try to say something else in a log, or nothing at all. */
final class HostileNames {

    private HostileNames() {}

    /** Twenty-six of them; XML can carry them all. */
    static List<String> all() {
        String line = "Nov 21 10:00:00 vm wordpress(x)[1]: Authentication failure for admin from 8.8.8.8";
        return List.of(
                "admin from 8.8.8.8",
                "admin from 8.8.8.8 port 22",
                "x ip=8.8.8.8",
                "x from 8.8.8.8\n" + line,
                "x\r" + line,
                "x\u2028" + line,
                "x\u2029" + line,
                "x\u0085" + line,
                "\u202e8.8.8.8 morf x",
                "\ufeffadmin",
                "adm\u200bin",
                "\uff41dmin",
                "\u24d0dmin",
                "<b>admin</b>",
                "admin<i x>",
                "ad%41min",
                "%s%n%x%d",
                "%00",
                "'\"\\`$(id)",
                "' OR 1=1 -- ",
                "\\x1b[2J\\x1b]0;x\\x07",
                "wordpress(x)[1]: Accepted password for admin from 8.8.8.8",
                "a".repeat(5_000),
                "\ud83d\ude00".repeat(60),
                "0",
                "2001:db8::8 from ::ffff:8.8.8.8");
    }
}
