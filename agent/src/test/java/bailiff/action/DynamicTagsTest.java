package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DynamicTagsTest {

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

    private static ShellCommand put(String command, String subject, String... lines) {
        return DynamicTags.put(command, new TicketTags(Bans.ticket(subject), Bans.background(lines), new HostNames()));
    }

    private static ShellCommand put(String command, Ticket ticket) {
        return DynamicTags.put(command, new TicketTags(ticket, Bans.background(), new HostNames()));
    }
}
