package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the guard's end in the middle of an attack means for a site: nothing that a visitor could see. */
class DeadAgentTest {

    /** The attacker is banned by the last of them, if each has counted once. */
    private static final int MAXRETRY = 30;

    private static final Opened OPEN = new Opened();
    private static Network network;
    private static Machine machine;
    private static WordPress wordPress;
    private static Crowd crowd;

    @BeforeAll
    static void open() {
        network = OPEN.keep(Network.lay());
        machine = OPEN.keep(Machine.within(network.atSite()));
        wordPress = OPEN.keep(WordPress.start(network, machine.log("auth.log")));
        Blog.fill(wordPress, machine);
        crowd = OPEN.keep(Crowd.come(network));
        // What is counted here are lines; evidence would ban such a guesser after ten failures, or eight.
        machine.configure("jail.local", "[wordpress]\nevidence = no\nmaxretry = " + MAXRETRY + "\n");
    }

    @AfterAll
    static void close() throws Exception {
        OPEN.closeAll();
    }

    @AfterEach
    void end() {
        machine.killGuard();
    }

    private static Guest guest(String address) {
        return new Guest(crowd, address, Network.SITE, 80);
    }

    /** What a reader, a writer and a guesser see of the site. */
    private static List<String> views(String network) {
        Guest guest = guest("198.18." + network + ".200");
        return Stream.of(
                        guest.get("/"),
                        guest.get("/?p=10"),
                        guest.logIn("editor", WordPress.PASSWORD),
                        guest.knock("editor", WordPress.PASSWORD),
                        guest.logIn("editor", "wrong"),
                        guest.knock("editor", "wrong"),
                        guest.ping("http://127.0.0.1/", Blog.post(10)))
                .map(DeadAgentTest::withoutMoment)
                .toList();
    }

    /** What is the same each time that a page is asked for. */
    private static String withoutMoment(Reply reply) {
        return reply.text()
                .replaceAll("(?m)^(?:Date|Set-Cookie|Last-Modified|ETag): .*$", "")
                .replaceAll("_wpnonce=[0-9a-f]+|\"nonce\":\"[0-9a-f]+\"|\"\\d+[.][0-9a-f]{64}\"|ver=\\d+", "");
    }

    private static void guess(Guest guest, int from, int to) {
        IntStream.range(from, to)
                .forEach(i -> assertThat(guest.knock("admin", "guess" + i).isFault(403))
                        .isTrue());
    }

    @Test
    void guard_killedInMidAttack_changesNoPageAndCountsEachLineOnce() {
        Guest attacker = guest("198.18.1.1");
        machine.startGuard();
        List<String> before = views("2");
        guess(attacker, 0, 10);

        machine.killGuard();
        List<String> whileDead = views("3");
        guess(attacker, 10, 20);
        machine.startGuard();
        List<String> after = views("4");
        guess(attacker, 20, MAXRETRY - 1);
        boolean isHeldTooEarly = network.holds(attacker.address());
        attacker.knock("admin", "the last guess");

        network.awaitInKernel(attacker.address());
        assertThat(whileDead).isEqualTo(before);
        assertThat(after).isEqualTo(before);
        assertThat(isHeldTooEarly).isFalse();
        assertThat(machine.bailiff("bans", "--jail", "wordpress", "--json")
                        .good()
                        .row())
                .containsEntry("failures", MAXRETRY);
        assertThat(complaints()).isEmpty();
    }

    @Test
    void guard_stoppedAsByADebugger_changesNoPage() {
        machine.startGuard();
        List<String> before = views("5");

        Programs.run("kill", "-STOP", Long.toString(machine.guardPid())).good();
        List<String> whileStopped;
        try {
            whileStopped = views("6");
        } finally {
            Programs.run("kill", "-CONT", Long.toString(machine.guardPid())).good();
        }

        assertThat(whileStopped).isEqualTo(before);
        assertThat(complaints()).isEmpty();
    }

    @Test
    void shield_guardKilledAndBack_answersAgainWithItsBans() {
        machine.startGuard();
        machine.bailiff("ban", "198.18.1.7").good();
        Optional<String> before = ShieldSocket.refusal(machine, "198.18.1.7");

        machine.killGuard();
        Optional<String> whileDead = ShieldSocket.refusal(machine, "198.18.1.7");
        machine.startGuard();

        assertThat(before).get().asString().startsWith("refuse banned ");
        assertThat(whileDead).isEmpty();
        assertThat(ShieldSocket.refusal(machine, "198.18.1.7")).get().asString().startsWith("refuse banned ");
        assertThat(ShieldSocket.refusal(machine, "198.18.1.8")).isEmpty();
        machine.bailiff("unban", "198.18.1.7").good();
    }

    private static List<String> complaints() {
        Pattern complaint = Pattern.compile("PHP |\\[(?:error|crit)\\]");
        return Hearing.lines(wordPress.folder().path().resolve("error.log")).stream()
                .filter(line -> complaint.matcher(line).find())
                .toList();
    }
}
