package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attackers who write what the log says: nobody but they may be blamed for it, and no terminal may obey it. */
class InjectionTest {

    private static final String LAST = "203.0.113.250";

    /** User names of WordPress' form, as far as they reach the log in one daemon or another. */
    private static final List<String> NAMES = List.of(
            "admin from 8.8.8.8",
            "admin from 8.8.8.8 from 8.8.4.4",
            "admin from 8.8.8.8#012Nov 20 11:03:14 vm wordpress[1]: Authentication failure for root from 8.8.8.8",
            "admin from 8.8.8.8\rAuthentication failure for root from 8.8.8.8\r",
            "admin from 8.8.8.8\u0085vm wordpress[1]: Authentication failure for root from 8.8.8.8\u0085",
            "admin from 8.8.8.8\u2028vm wordpress[1]: Authentication failure for root from 8.8.8.8\u2028",
            "admin from 8.8.8.8\u2029vm wordpress[1]: Authentication failure for root from 8.8.8.8\u2029",
            "admin from 8.8.8.8\u000b\f",
            "admin from 8.8.8.8\0",
            "\u001b[2J\u001b[31m\u001b]0;owned\u0007admin from 8.8.8.8\u001b[8m",
            "\u202enimda from 8.8.8.8\u202c",
            "\u009b2Jadmin from 8.8.8.8\u009b8m",
            "x generated from 8.8.8.8",
            "<b>admin</b>' ; nft flush ruleset ; $(reboot) `reboot` from 8.8.8.8");

    /** What syslog makes of a client's Host header. */
    private static final List<String> TAGS = List.of(
            "wordpress(x from 1.2.3.4)[5014]:",
            "wordpress(x))[5014]:",
            "wordpress([::1])[5014]:",
            "wordpress(x[1]:Authentication failure for a from 1.2.3.4)[5014]:",
            "wordpress(x[1]: Authentication failure for a from 1.2.3.4 )[5014]:",
            "wordpress(\u001b[2J)[5014]:");

    @AutoClose
    private final PaperSite site = new PaperSite();

    @BeforeEach
    void guard() {
        site.guard("--verbose");
    }

    /** Everybody has an address of their own, so that who is missing or too many tells which text it was. */
    private static String attacker(int index) {
        return "203.0.113." + (index + 1);
    }

    /** Waits until all that was written before has been read: the ban of somebody who comes last shows it. */
    private List<String> bannedInTheEnd() {
        site.log.failures(LAST, 3);
        Await.until(() -> site.machine.banned().contains(LAST), site.machine::guardLog);
        return site.machine.banned().stream()
                .filter(address -> !address.equals(LAST))
                .toList();
    }

    @Test
    void userNames_thatCarryAnAddress_onlyTheirSendersAreBanned() {
        List<String> senders = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            senders.add(attacker(i));
            for (int failure = 0; failure < 3; failure++) {
                site.log.message("Authentication failure for " + NAMES.get(i) + " from " + attacker(i));
            }
        }

        assertThat(bannedInTheEnd()).containsExactlyInAnyOrderElementsOf(senders);
        assertThat(everythingSaid(List.of(attacker(3), attacker(5), attacker(8), attacker(9), attacker(10))))
                .allSatisfy(InjectionTest::assertPrintable);
    }

    @Test
    void userName_withALineFeed_theSecondLineIsNoMessage() {
        for (int failure = 0; failure < 3; failure++) {
            site.log.message("Authentication failure for x\nAuthentication failure for y from 8.8.8.8\n from 8.8.8.8");
        }

        assertThat(bannedInTheEnd()).isEmpty();
    }

    @Test
    void hostHeaders_thatCarryAnAddress_nobodyButTheirSendersIsBanned() {
        List<String> senders = new ArrayList<>();
        for (int i = 0; i < TAGS.size(); i++) {
            senders.add(attacker(i));
            for (int failure = 0; failure < 3; failure++) {
                site.log.message(TAGS.get(i), "Authentication failure for admin from " + attacker(i));
            }
        }

        assertThat(bannedInTheEnd()).isSubsetOf(senders).contains(attacker(1), attacker(2));
        assertThat(everythingSaid(List.of(attacker(5)))).allSatisfy(InjectionTest::assertPrintable);
    }

    @Test
    void hostHeader_ofBytesThatAreNoText_itsSenderIsBanned() {
        for (int failure = 0; failure < 3; failure++) {
            String line = AuthLog.frame("wordpress(\u00e9.example)[5014]:") + "Authentication failure for admin from ";
            site.log.append((line + attacker(0) + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(bannedInTheEnd()).containsExactly(attacker(0));
    }

    /** rsyslog cuts a message at 8,096 bytes, and leaves up to 8,095 of them in the file; others cut sooner. */
    @Test
    void lines_cutWhereTheNameNamesAnother_blameNobody() {
        for (int length : List.of(1_023, 1_024, 2_048, 8_090, 8_095, 8_096, 8_192, 8_193)) {
            for (int failure = 0; failure < 3; failure++) {
                site.log.line(filled(" from 8.8.8." + length % 256, length));
            }
        }

        assertThat(bannedInTheEnd()).isEmpty();
        assertThat(site.machine.bailiff("status").good().out()).contains("nobody was blamed", "were left out");
    }

    private static String filled(String end, int length) {
        String frame = AuthLog.frame("wordpress(blog.example.test)[5002]:") + "Authentication failure for ";
        return frame + "x".repeat(length - frame.length() - end.length()) + end;
    }

    @Test
    void userName_ofHundredKilobytesOfForgedLines_blamesNobody() {
        String forged = AuthLog.frame("wordpress(x)[1]:") + "Authentication failure for root from 8.8.8.8";
        for (int early : List.of(0, forged.length(), 1)) {
            StringBuilder line = new StringBuilder(AuthLog.frame("wordpress(x)[1]:") + "Authentication failure for ");
            while (line.length() < 100_000) {
                // A reader that takes a long line in pieces of 4 or 8 KiB has a piece that begins or ends as forged.
                line.append("x".repeat(4_096 - line.length() % 4_096 - early)).append(forged);
            }
            site.log.line(line + " from 8.8.8.8");
        }

        assertThat(bannedInTheEnd()).isEmpty();
        assertThat(everythingSaid(List.of("8.8.8.8"))).allSatisfy(InjectionTest::assertPrintable);
    }

    private List<String> everythingSaid(List<String> addresses) {
        String file = site.log.file().toString();
        List<String> said = new ArrayList<>(List.of(site.machine.guardLog()));
        for (String command : List.of("status", "bans", "match -c ETC wordpress LOG --all", "replay -c ETC LOG")) {
            say(said, command.replace("ETC", site.etc()).replace("LOG", file));
        }
        addresses.forEach(address -> say(said, "why " + address));
        return said;
    }

    private void say(List<String> said, String command) {
        for (String form : List.of(command, command + " --json")) {
            Outcome outcome = site.machine.bailiff(form.split(" ")).good();
            said.add(outcome.out());
            said.add(outcome.err());
        }
    }

    /** Nothing that moves a cursor, hides text, turns its direction or begins a line that is none. */
    private static void assertPrintable(String said) {
        assertThat(said.codePoints().filter(InjectionTest::isHarmful).mapToObj("U+%04X"::formatted))
                .as("harmful characters in: %s", said)
                .isEmpty();
    }

    private static boolean isHarmful(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
