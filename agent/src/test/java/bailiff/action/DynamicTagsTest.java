package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DynamicTagsTest {

    private static final HostNames NAMES = new HostNames();

    @Test
    void put_harmlessValues_standInTheCommand() {
        ShellCommand command = put("ban <ip> <family> <failures> <time> <bantime> <bancount> <restored>", "192.0.2.1");

        assertThat(command).isEqualTo(new ShellCommand("ban 192.0.2.1 inet4 3 1700000000.0 600 1 0", Map.of()));
    }

    @Test
    void put_hostileLines_areOnlyReferredTo() {
        ShellCommand command = put("mail \"<matches>\"", "192.0.2.1", "a $(reboot)", "b `id`");

        assertThat(command)
                .isEqualTo(new ShellCommand("mail \"$f2bV_matches\"", Map.of("f2bV_matches", "a $(reboot)\nb `id`")));
    }

    /** fail2ban puts these in as they are: {@code user=x reboot} would run a program. */
    @Test
    void put_valueWithABlankOrAnEqualsSign_isOnlyReferredTo() {
        Ticket ticket = Bans.with("192.0.2.1", Map.of("user", "x reboot", "error", "LD_PRELOAD=x"));
        ShellCommand command = put("user=<F-USER> <F-ERROR> notify", ticket);

        assertThat(command.text()).isEqualTo("user=$f2bV_F_user $f2bV_F_error notify");
    }

    @Test
    void put_tagsInsideAValue_stayText() {
        ShellCommand command = put("x \"<matches>\"", "192.0.2.1", "<ip> <F-USER> <br>");

        assertThat(command.variables()).containsEntry("f2bV_matches", "<ip> <F-USER> <br>");
    }

    @Test
    void put_unknownTag_stays() {
        assertThat(put("cat <here> <F-NONE>.", "192.0.2.1").text()).isEqualTo("cat <here> .");
    }

    @Test
    void put_variableBeforeALetter_keepsItsName() {
        Ticket ticket = Bans.with("192.0.2.1", Map.of("user", "a b"));

        assertThat(put("\"<F-USER>_x\"", ticket).text()).isEqualTo("\"${f2bV_F_user}_x\"");
    }

    @Test
    void put_longValues_areCutOneByOneAndTogether() {
        Map<String, String> groups = Map.of(
                "a",
                "x;".repeat(50_000),
                "b",
                "y;".repeat(50_000),
                "c",
                "z;".repeat(50_000),
                "d",
                "d;".repeat(50_000),
                "e",
                "e;".repeat(50_000));
        ShellCommand command = put("<F-A><F-B><F-C><F-D><F-E>", Bans.with("192.0.2.1", groups));

        assertThat(command.variables().values().stream().mapToInt(String::length))
                .allMatch(length -> length <= DynamicTags.LONGEST_VALUE);
        assertThat(command.variables().values().stream()
                        .mapToInt(String::length)
                        .sum())
                .isEqualTo(DynamicTags.LONGEST_TOGETHER);
    }

    @Test
    void put_network_isWrittenWithItsLength() {
        assertThat(put("<ip> <family> <ip-rev> <ip-host>", "2001:db8::/64").text())
                .isEqualTo("2001:db8::/64 inet6 " + "0.".repeat(24) + "8.b.d.0.1.0.0.2. 2001:db8::/64");
        assertThat(put("<ip-rev>", "192.0.2.17").text()).isEqualTo("17.2.0.192.");
    }

    @Test
    void put_everyTagOfTheJail_hasItsNumber() {
        String tags = "<ipfailures> <ipjailfailures> <jail.banned> <jail.banned_total> <jail.found> <jail.found_total>";

        assertThat(put(tags, "192.0.2.1").text()).isEqualTo("7 5 1 2 3 4");
    }

    @Test
    void putAsWords_hostileValues_stayOneWordEach() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "ab'\"`$(){};&|<>*?[]~#\\ \t\n!-";
        for (int i = 0; i < 50; i++) {
            StringBuilder value = new StringBuilder("x");
            for (int length = random.nextInt(30); length > 0; length--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            value.append('x');

            assertThat(run("printf '%s|' <F-USER> \"<F-USER>\" a<F-USER>b", value.toString()))
                    .isEqualTo(value + "|" + value + "|a" + value + "b|");
        }
    }

    @Test
    void putAsWords_emptyValue_keepsItsPlace() throws Exception {
        assertThat(run("printf '%s|' a <F-USER> b", "")).isEqualTo("a||b|");
    }

    @Test
    void putAsWords_escapedQuotes_keepTheirPlace() throws Exception {
        assertThat(run("printf %s \\'<F-USER>\\'\"\\\"<F-USER>\"", "a b")).isEqualTo("'a b'\"a b");
    }

    /** The inner shell is given the name of the variable: a value in its text would be read as a command. */
    @Test
    void putAsWords_commandForAnotherShell_doesNotRunTheValue() throws Exception {
        assertThat(run("sh -c 'printf %s \"<F-USER>\"'", "$(id); `id`")).isEqualTo("$(id); `id`");
    }

    @Test
    void plain_values_standAsTheyAre() {
        TicketTags values = new TicketTags(Bans.with("192.0.2.1", Map.of("user", "a $b\\")), Bans.background(), NAMES);

        assertThat(DynamicTags.plain("<ip>/<F-USER>/<F-NONE>/<no tag>/<none>", values))
                .isEqualTo("192.0.2.1/a $b\\//<no tag>/<none>");
    }

    /** What a shell prints when it runs the command with that user's name. */
    private static String run(String command, String user) throws Exception {
        ShellCommand put = DynamicTags.putAsWords(
                command, new TicketTags(Bans.with("192.0.2.1", Map.of("user", user)), Bans.background(), NAMES));
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", put.text()).redirectError(Redirect.INHERIT);
        shell.environment().putAll(put.variables());
        return new String(shell.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ShellCommand put(String command, String subject, String... lines) {
        return DynamicTags.put(command, new TicketTags(Bans.ticket(subject), Bans.background(lines), NAMES));
    }

    private static ShellCommand put(String command, Ticket ticket) {
        return DynamicTags.put(command, new TicketTags(ticket, Bans.background(), NAMES));
    }
}
