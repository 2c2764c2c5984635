package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** nginx and Apache refuse whom the guard bans, as {@code docs/shield.md} sets them up. Takes root. */
class ShieldedServersTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String VISITOR = "203.0.113.8";
    private static final String REFUSED = "403";

    /* nginx has no POST to a plain file, and Apache has. */
    private static final String NGINX_LETS_THROUGH = "405";
    private static final String APACHE_LETS_THROUGH = "200";

    private static final List<String> SPELLINGS = List.of(
            "/wp-login.php",
            "/xmlrpc.php",
            "//xmlrpc.php",
            "/%78mlrpc.php",
            "/x/../xmlrpc.php",
            "/wp-login.php?x=/page",
            "/./wp-login.php");

    /* As long as nginx takes it. */
    private static final String LONG = "x".repeat(8_000);

    @AutoClose
    private final Site site = Site.quiet();

    private final Path denymap = site.machine.folder().directory("map").resolve("deny.map");

    @BeforeEach
    void startGuard() {
        site.machine.configure("fail2ban.local", """
                [Definition]
                shieldhttp = 127.0.0.1:734
                denymap = %s
                """.formatted(denymap));
        site.machine.startGuard();
    }

    private void ban(String... subjects) {
        for (String subject : subjects) {
            site.machine.bailiff("ban", subject, "--for", "10m").good();
        }
    }

    /* nginx waits 50 ms for the guard, which on a busy machine may not suffice at its start. */
    private static void awaitRefused(ShieldedServer server) {
        Await.until(() -> server.post(ATTACKER, "/xmlrpc.php").equals(REFUSED), server::said);
    }

    private void awaitInMap(String line) {
        Await.until(() -> map().contains(line), this::map);
    }

    private String map() {
        try {
            return Files.exists(denymap) ? Files.readString(denymap) : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void nginx_banned_isRefusedInEverySpellingAndOnlyWhenItPosts() {
        try (ShieldedServer nginx = ShieldedServer.nginx(site.network)) {
            String before = nginx.post(ATTACKER, "/xmlrpc.php");
            ban(ATTACKER, "2001:db8:1:2::/64");
            awaitRefused(nginx);

            assertThat(before).isEqualTo(NGINX_LETS_THROUGH);
            assertThat(SPELLINGS).allSatisfy(path -> {
                assertThat(nginx.post(ATTACKER, path)).isEqualTo(REFUSED);
                assertThat(nginx.post(VISITOR, path)).isEqualTo(NGINX_LETS_THROUGH);
            });
            assertThat(nginx.post("2001:db8:1:2::77", "/wp-login.php")).isEqualTo(REFUSED);
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php?" + LONG, "-A", LONG, "-e", LONG))
                    .isEqualTo(REFUSED);
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php", "-H", "X-Bailiff-IP: " + VISITOR))
                    .isEqualTo(REFUSED);
            assertThat(nginx.get(ATTACKER, "/wp-login.php")).isEqualTo("200");
            assertThat(nginx.get(ATTACKER, "/page")).isEqualTo("200");
            site.machine.bailiff("unban", "--all").good();
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php")).isEqualTo(NGINX_LETS_THROUGH);
        }
    }

    @Test
    void nginx_guardKilled_letsEverybodyThroughUntilItIsBack() {
        try (ShieldedServer nginx = ShieldedServer.nginx(site.network)) {
            ban(ATTACKER);
            awaitRefused(nginx);

            site.machine.killGuard();
            String dead = nginx.post(ATTACKER, "/xmlrpc.php");
            site.machine.startGuard();

            assertThat(dead).isEqualTo(NGINX_LETS_THROUGH);
            awaitRefused(nginx);
        }
    }

    @Test
    void nginx_guardIsSilentOrMad_letsEverybodyThrough() {
        site.machine.killGuard();
        try (ShieldedServer nginx = ShieldedServer.nginx(site.network);
                Impostor impostor = Impostor.within(site.network.atSite(), 734)) {
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php")).isEqualTo(NGINX_LETS_THROUGH);
            impostor.say("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n");
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php")).isEqualTo(NGINX_LETS_THROUGH);
            impostor.say("HTTP/1.1 302 Elsewhere\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");
            assertThat(nginx.post(ATTACKER, "/xmlrpc.php")).isEqualTo(NGINX_LETS_THROUGH);
        }
    }

    @Test
    void nginx_attempt_isToldAsItLooks() {
        site.machine.killGuard();
        try (ShieldedServer nginx = ShieldedServer.nginx(site.network);
                Impostor impostor = Impostor.within(site.network.atSite(), 734)) {
            impostor.say("HTTP/1.1 204 Go on\r\n\r\n");

            nginx.post(ATTACKER, "/wp-login.php?x=1", "-A", "Mozilla/5.0 (X11)", "-e", "https://blog/wp-login.php?y");
            List<String> browser = impostor.heard();
            nginx.post(ATTACKER, "/x/..//%78mlrpc.php", "-A", "", "-e", "https://blog/page?/wp-login.php", "--http1.0");
            List<String> bot = impostor.heard();
            nginx.post(ATTACKER, "/xmlrpc.php", "-A", LONG, "-H", "X-Bailiff-Path: //");

            assertThat(browser)
                    .contains(
                            "X-Bailiff-IP: " + ATTACKER,
                            "X-Bailiff-Door: wp-login",
                            "X-Bailiff-Path: /wp-login.php",
                            "X-Bailiff-Agent: Mozilla/5.0 (X11)",
                            "X-Bailiff-Referer: door",
                            "X-Bailiff-Protocol: HTTP/1.1");
            assertThat(bot)
                    .contains(
                            "X-Bailiff-Door: xmlrpc",
                            "X-Bailiff-Path: /x/..//%78mlrpc.php",
                            "X-Bailiff-Referer: elsewhere",
                            "X-Bailiff-Protocol: HTTP/1.0")
                    .noneMatch(line -> line.startsWith("X-Bailiff-Agent"));
            assertThat(impostor.heard())
                    .contains(
                            "X-Bailiff-Agent: " + LONG.substring(0, 300),
                            "X-Bailiff-Referer: none",
                            "X-Bailiff-Path: /xmlrpc.php");
        }
    }

    @Test
    void apache_banned_isRefusedInEverySpellingAndOnlyWhenItPosts() {
        awaitInMap("valid-");
        try (ShieldedServer apache = ShieldedServer.apache(site.network, denymap)) {
            String before = apache.post(ATTACKER, "/xmlrpc.php");
            ban(ATTACKER, "2001:db8:1:2::/64", "2001:db8:7::/64", "2001:db8::/64", "2001:db8:5::9");
            awaitInMap("2001:db8:5::9 deny\n");

            assertThat(before).isEqualTo(APACHE_LETS_THROUGH);
            assertThat(SPELLINGS).allSatisfy(path -> {
                assertThat(apache.post(ATTACKER, path)).isEqualTo(REFUSED);
                assertThat(apache.post(VISITOR, path)).isEqualTo(APACHE_LETS_THROUGH);
            });
            assertThat(apache.post(ATTACKER, "/xmlrpc.php/x")).isEqualTo(REFUSED);
            assertThat(apache.get(ATTACKER, "/wp-login.php")).isEqualTo("200");
            assertThat(apache.get(ATTACKER, "/page")).isEqualTo("200");
            assertThat(List.of(
                            "2001:db8:1:2::77",
                            "2001:db8:1:2:3:4:5:6",
                            "2001:db8:7::1",
                            "2001:db8:7:0:1:2:3:4",
                            "2001:db8::1",
                            "2001:db8:0:0:1::",
                            "2001:db8:5::9"))
                    .allSatisfy(address -> assertThat(apache.post(address, "/xmlrpc.php"))
                            .as(address)
                            .isEqualTo(REFUSED));
            assertThat(List.of(
                            "2001:db8:1:3::77",
                            "2001:db8:7:1::1",
                            "2001:db8:0:1::1",
                            "2001:db8:1::2",
                            "2001:db8:5::8",
                            "2001:db9::1",
                            "2001::db8:1"))
                    .allSatisfy(address -> assertThat(apache.post(address, "/xmlrpc.php"))
                            .as(address)
                            .isEqualTo(APACHE_LETS_THROUGH));
        }
    }

    @Test
    void apache_banEndsOrGuardStops_nobodyIsDenied() {
        ban(ATTACKER);
        awaitInMap(ATTACKER + " deny\n");
        try (ShieldedServer apache = ShieldedServer.apache(site.network, denymap)) {
            String banned = apache.post(ATTACKER, "/xmlrpc.php");
            site.machine.bailiff("unban", ATTACKER).good();
            Await.until(() -> apache.post(ATTACKER, "/xmlrpc.php").equals(APACHE_LETS_THROUGH), this::map);
            ban(ATTACKER);
            Await.until(() -> apache.post(ATTACKER, "/xmlrpc.php").equals(REFUSED), this::map);

            site.machine.bailiff("stop").good();
            site.machine.guardExit();

            assertThat(banned).isEqualTo(REFUSED);
            assertThat(apache.post(ATTACKER, "/xmlrpc.php")).isEqualTo(APACHE_LETS_THROUGH);
        }
    }

    @Test
    void apache_mapOfAGuardThatIsLongDead_deniesNobody() throws IOException {
        ban(ATTACKER);
        awaitInMap(ATTACKER + " deny\n");
        site.machine.killGuard();
        try (ShieldedServer apache = ShieldedServer.apache(site.network, denymap)) {
            String justKilled = apache.post(ATTACKER, "/xmlrpc.php");
            // As if its minutes had passed.
            Files.writeString(denymap, map().replace("valid-20", "valid-19"));

            Await.until(() -> apache.post(ATTACKER, "/xmlrpc.php").equals(APACHE_LETS_THROUGH), this::map);
            assertThat(justKilled).isEqualTo(REFUSED);
        }
    }
}
