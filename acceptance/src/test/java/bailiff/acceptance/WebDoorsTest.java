package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A site whose web server itself asks the shield, nginx by {@code auth_request} and Apache by a deny map, at ports which
 * no ban closes: what a banned visitor still gets, and what all get when nobody answers.
 */
class WebDoorsTest {

    private static final String BANNED = "198.18.1.1";
    private static final String OTHER = "198.18.1.2";

    private static final Opened OPEN = new Opened();
    private static Machine machine;
    private static Crowd crowd;

    @BeforeAll
    static void open() {
        Network network = OPEN.keep(Network.lay());
        machine = OPEN.keep(Machine.within(network.atSite()));
        machine.configure("fail2ban.local", "[Definition]\nshieldhttp = 127.0.0.1:734\ndenymap = /var/lib/deny.map\n");
        machine.startGuard();
        WordPress wordPress = OPEN.keep(WordPress.start(network, machine.log("auth.log")));
        Blog.fill(wordPress, machine);
        OPEN.keep(ProxiedSite.asking(wordPress, network));
        OPEN.keep(DenyingApache.beside(wordPress, machine, network));
        crowd = OPEN.keep(Crowd.come(network));
        machine.killGuard();
    }

    @AfterAll
    static void close() throws Exception {
        OPEN.closeAll();
    }

    @BeforeEach
    void guard() {
        machine.startGuard();
        machine.bailiff("ban", BANNED, "--jail", "wordpress").good();
    }

    @AfterEach
    void end() {
        machine.bailiff("unban", "--all");
        machine.killGuard();
    }

    /** What somebody gets at the two doors, in some spellings, by a server's port. */
    private static Stream<Integer> doors(String address, int port) {
        Guest guest = new Guest(crowd, address, Network.SITE, port);
        String call = XmlRpc.call(XmlRpc.LOGIN, "editor", WordPress.PASSWORD);
        return Stream.of(
                        Guest.form("editor", "wrong"),
                        Asking.xml("/xmlrpc.php", call),
                        Asking.xml("//xmlrpc.php", call),
                        Asking.xml("/%78mlrpc.php", call),
                        Asking.xml("/xmlrpc.php/x", call))
                .map(guest::send)
                .map(Reply::status);
    }

    private static List<Integer> pages(String address, int port) {
        Guest guest = new Guest(crowd, address, Network.SITE, port);
        return Blog.pages().keySet().stream()
                .map(page -> guest.get(page).status())
                .toList();
    }

    @Test
    void nginx_bannedVisitor_isRefusedAtTheDoorsAndReadsPages() {
        // Under load a question may take longer than the nginx of the manual waits, and is let through: later ones are
        // not.
        await(ProxiedSite.PORT, 403);
        assertThat(doors(OTHER, ProxiedSite.PORT)).hasSize(5).containsOnly(200);
        assertThat(pages(BANNED, ProxiedSite.PORT)).containsOnly(200);

        machine.bailiff("unban", BANNED).good();

        assertThat(doors(BANNED, ProxiedSite.PORT)).hasSize(5).containsOnly(200);
    }

    @Test
    void nginx_guardKilled_servesEverybody() {
        machine.killGuard();

        assertThat(doors(BANNED, ProxiedSite.PORT)).hasSize(5).containsOnly(200);
        assertThat(doors(OTHER, ProxiedSite.PORT)).hasSize(5).containsOnly(200);
        assertThat(pages(BANNED, ProxiedSite.PORT)).containsOnly(200);
    }

    @Test
    void apache_bannedVisitor_isRefusedAtTheDoorsAndReadsPages() {
        await(DenyingApache.PORT, 403);

        assertThat(doors(OTHER, DenyingApache.PORT)).hasSize(5).containsOnly(200);
        assertThat(pages(BANNED, DenyingApache.PORT)).containsOnly(200);

        machine.bailiff("unban", BANNED).good();

        await(DenyingApache.PORT, 200);
    }

    @Test
    void apache_guardStopped_servesEverybody() {
        await(DenyingApache.PORT, 403);

        machine.bailiff("stop").good();
        machine.guardExit();

        await(DenyingApache.PORT, 200);
    }

    @Test
    void apache_guardKilled_servesAllOthersAndEverybodyWhenTheMapIsOld() {
        await(DenyingApache.PORT, 403);

        machine.killGuard();

        assertThat(doors(OTHER, DenyingApache.PORT)).hasSize(5).containsOnly(200);
        assertThat(pages(BANNED, DenyingApache.PORT)).containsOnly(200);
        age(machine.folder().path().resolve("lib/deny.map"));
        await(DenyingApache.PORT, 200);
    }

    /** Waits until the banned visitor gets that status at both doors, however he spells them. */
    private static void await(int port, int status) {
        Await.until(
                () -> doors(BANNED, port).allMatch(each -> each == status),
                () -> doors(BANNED, port).toList());
    }

    /** Makes it a map of a hundred years ago, as the guard writes one: beside it, and in its place at once. */
    private static void age(Path map) {
        try {
            String text = Files.readString(map);
            assertThat(text).contains("valid-20").contains(BANNED + " deny");
            Path old = Files.writeString(map.resolveSibling("old.map"), text.replace("valid-20", "valid-19"));
            Files.move(old, map, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
