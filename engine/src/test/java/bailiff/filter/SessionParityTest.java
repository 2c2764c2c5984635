package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lines of several sessions in random order mean to us what they mean to an installed fail2ban's own filter. */
class SessionParityTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_124_013_600);
    private static final int SEQUENCES = 60;

    /** Fewer than the lines of one session that we keep. */
    private static final int LINES = 18;

    /**
     * A filter and the lines that it meets, with the letters P, U and A where a process, a user and an address stand.
     *
     * @param stock the name of an installed filter; empty for one of ours
     */
    record Scene(String stock, FilterDefinition own, List<String> lines) {

        @Override
        public String toString() {
            return stock.isEmpty() ? own.name() : stock;
        }
    }

    private static FilterDefinition own(
            String name, int maxlines, String prefregex, String ignoreregex, String... fails) {
        List<String> ignore = ignoreregex.isEmpty() ? List.of() : List.of(ignoreregex);
        return new FilterDefinition(name, List.of(fails), ignore, prefregex, "", ZoneOffset.UTC, "warn", maxlines);
    }

    private static final FilterDefinition NONE = own("none", 1, "", "");

    private static final List<String> SSHD = Stream.of(
                    "Failed password for invalid user U from A port 22 ssh2",
                    "Failed publickey for U from A port 22 ssh2",
                    "Failed publickey for invalid user U from A port 22 ssh2",
                    "Accepted password for U from A port 22 ssh2",
                    "Accepted publickey for U from A port 22 ssh2: RSA x",
                    "Connection from A port 22 on 192.0.2.200 port 22",
                    "Connection closed by A port 22 [preauth]",
                    "Connection closed by authenticating user U A port 22 [preauth]",
                    "Connection reset by A port 22",
                    "Received disconnect from A port 22:11: bye",
                    "Received disconnect from A: 3: x: Auth fail",
                    "Received disconnect from A: 14: No supported authentication methods available",
                    "Disconnecting: Too many authentication failures for U [preauth]",
                    "User U not allowed because account is locked",
                    "Disconnecting authenticating user U A port 22: Change of username or service not allowed: (a) -> (b) [preauth]",
                    "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser=U rhost=A",
                    "pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=A  user=U",
                    "Read from socket failed: Connection reset by peer",
                    "Unable to negotiate a key exchange method",
                    "kex_exchange_identification: Connection closed by remote host",
                    "Invalid user U from A port 22",
                    "maximum authentication attempts exceeded for U from A port 22 ssh2 [preauth]",
                    "nothing to see")
            .map(line -> "Aug 14 09:59:SS host sshd[P]: " + line)
            .toList();

    static List<Scene> scenes() {
        return List.of(
                new Scene("sshd", NONE, SSHD),
                new Scene("sshd mode=aggressive", NONE, SSHD),
                new Scene("sshd mode=extra publickey=any", NONE, SSHD),
                new Scene(
                        "sendmail-reject mode=extra",
                        NONE,
                        List.of(
                                "Aug 14 09:59:SS host sendmail[P]: <U@example.org>... No such user here",
                                "Aug 14 09:59:SS host sendmail[P]: from=<U@example.org>, size=1, class=0, nrcpts=0, bodytype=8BITMIME, proto=ESMTP, daemon=MTA, relay=x [A]",
                                "Aug 14 09:59:SS host sendmail[P]: x.example [A] did not issue MAIL/EXPN during connection",
                                "Aug 14 09:59:SS host sendmail[P]: rejecting commands from x [A] due to pre-greeting traffic after 1 seconds",
                                "Aug 14 09:59:SS host sendmail[P]: other")),
                new Scene(
                        "sendmail-auth",
                        NONE,
                        List.of(
                                "Aug 14 09:59:SS host sendmail[P]: x [A]: possible SMTP attack: command=AUTH, count=5",
                                "Aug 14 09:59:SS host sendmail[P]: AUTH failure (LOGIN): authentication failure: bad, user=U, relay=x [A]",
                                "Aug 14 09:59:SS host sendmail[P]: AUTH failure (LOGIN): user not found: no, relay=[A]",
                                "Aug 14 09:59:SS host sendmail[P]: other")),
                new Scene(
                        "slapd",
                        NONE,
                        List.of(
                                "Aug 14 09:59:SS host slapd[7]: conn=P fd=12 ACCEPT from IP=A:33 (IP=0.0.0.0:389)",
                                "Aug 14 09:59:SS host slapd[7]: conn=P op=0 RESULT tag=97 err=49 text=",
                                "Aug 14 09:59:SS host slapd[7]: conn=P op=0 RESULT tag=97 err=0 text=",
                                "Aug 14 09:59:SS host slapd[7]: conn=P op=0 BIND dn=U")),
                new Scene(
                        "mongodb-auth",
                        NONE,
                        List.of(
                                "2005-08-14T09:59:SS+0000 [connP] Failed to authenticate U@x with mechanism y",
                                "2005-08-14T09:59:SS+0000 [connP] end connection A:5 (0 connections now open)",
                                "2005-08-14T09:59:SS+0000 [connP] U did something")),
                new Scene(
                        "guacamole",
                        NONE,
                        List.of(
                                "Aug 14 09:59:SS x Authentication",
                                "Aug 14 09:59:SS WARNING: Authentication attempt from A for user \"U\" failed.",
                                "WARNING: Authentication attempt from A for user \"U\" failed.")),
                new Scene(
                        "",
                        own(
                                "own sessions",
                                1,
                                "^\\s*s<F-MLFID>\\d+</F-MLFID>: <F-CONTENT>.+</F-CONTENT>$",
                                "^fail two",
                                "^fail(?: <F-USER>\\w+</F-USER>)?(?: from <ADDR>)?$",
                                "^<F-NOFAIL>hello</F-NOFAIL> <ADDR>$",
                                "^<F-NOFAIL>maybe</F-NOFAIL> <F-USER>\\w+</F-USER>$",
                                "^<F-MLFFORGET>bye</F-MLFFORGET>(?: <ADDR>)?$",
                                "^<F-NOFAIL><F-MLFFORGET>quit</F-MLFFORGET></F-NOFAIL>$",
                                "^<F-MLFGAINED>in</F-MLFGAINED> <F-USER>\\w+</F-USER>$",
                                "^<F-MLFFORGET><F-MLFGAINED>enter</F-MLFGAINED></F-MLFFORGET> <F-ALT_USER>\\w+</F-ALT_USER>$",
                                "^id <F-ID>\\w+</F-ID>$",
                                "^net <SUBNET>$"),
                        Stream.of(
                                        "fail",
                                        "fail U",
                                        "fail U from A",
                                        "fail from A",
                                        "hello A",
                                        "maybe U",
                                        "bye",
                                        "bye A",
                                        "quit",
                                        "in U",
                                        "enter U",
                                        "id U",
                                        "net A/24",
                                        "noise")
                                .map(line -> "Aug 14 09:59:SS sP: " + line)
                                .toList()),
                new Scene(
                        "",
                        own(
                                "own lines skipped",
                                4,
                                "",
                                "quiet",
                                "^ (?P<c>\\d+) bad <F-USER>\\w+</F-USER>$<SKIPLINES>^ (?P=c) from <HOST>$",
                                "^ \\d+ alone <ADDR>(?: quiet)?$",
                                "^ (\\d+) one$<SKIPLINES>^ \\d+ two$<SKIPLINES>^ \\d+ three <ADDR>$"),
                        Stream.of(
                                        "bad U",
                                        "bad quiet",
                                        "from A",
                                        "alone A",
                                        "alone A quiet",
                                        "one",
                                        "two",
                                        "three A",
                                        "noise")
                                .map(line -> "Aug 14 09:59:SS P " + line)
                                .toList()),
                new Scene(
                        "",
                        own(
                                "own lines with sessions",
                                3,
                                "",
                                "",
                                "^ <F-MLFID>\\d+</F-MLFID> bad(?: <F-USER>\\w+</F-USER>)?$",
                                "^ <F-MLFID>\\d+</F-MLFID> <F-NOFAIL>seen</F-NOFAIL> <ADDR>$",
                                "^ <F-MLFID>\\d+</F-MLFID> first\n \\d+ second <ADDR>$",
                                "^ <F-MLFID>\\d+</F-MLFID> <F-MLFFORGET>end</F-MLFFORGET>$"),
                        Stream.of("bad", "bad U", "seen A", "first", "second A", "end", "noise")
                                .map(line -> "Aug 14 09:59:SS P " + line)
                                .toList()),
                new Scene(
                        "",
                        own(
                                "own ignore first",
                                1,
                                "^\\s*<F-CONTENT>.+</F-CONTENT> end$",
                                "^\\s*\\d+ .*U1? end",
                                "^\\d+ a <ADDR> <F-USER>\\w+</F-USER>",
                                "^\\d+ b <ADDR>",
                                "^\\d+ c <F-TUPLE_ID>\\w+</F-TUPLE_ID> <F-ID>\\w+</F-ID>",
                                "^\\d+ d <ADDR>"),
                        Stream.of("a A U end", "b A end", "b A U1 end", "c x U end", "d A U end", "d A")
                                .map(line -> "Aug 14 09:59:SS P " + line)
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void apply_linesOfSeveralSessionsInRandomOrder_agreesWithFail2ban(Scene scene) throws IOException, RegexException {
        SplittableRandom random = new SplittableRandom(7);
        int failures = 0;
        try (Fail2banFilter theirs = Fail2banFilter.start()) {
            FilterDefinition definition = scene.own();
            if (scene.stock().isEmpty()) {
                theirs.own(definition);
            } else {
                definition = theirs.stock(scene.stock());
            }
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                theirs.forget();
                Filter ours = Filter.compile(definition);
                List<String> shown = new ArrayList<>();
                for (int i = 0; i < LINES; i++) {
                    String line = line(scene, i + 1, random);
                    shown.add(line);
                    String expected = theirs.apply(line);
                    String found = Fail2banFilter.written(ours.apply(LogLine.of(line), NOW), line);
                    failures += expected.equals("none") ? 0 : 1;
                    assertThat(found)
                            .as("sequence %d of %s:%n%s", sequence, scene, String.join("\n", shown))
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(failures).as("failures").isGreaterThan(SEQUENCES / 4);
    }

    private static String line(Scene scene, int second, SplittableRandom random) {
        return scene.lines()
                .get(random.nextInt(scene.lines().size()))
                .replaceFirst("SS", second < 10 ? "0" + second : String.valueOf(second))
                .replaceFirst("\\bP\\b|(?<=conn|s)P", String.valueOf(31 + random.nextInt(3)))
                .replaceAll("\\bU\\b", pick(random, "eve", "bob", "two"))
                .replaceFirst("\\bA\\b", pick(random, "192.0.2.1", "192.0.2.77", "2001:db8::5"));
    }

    private static String pick(SplittableRandom random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
