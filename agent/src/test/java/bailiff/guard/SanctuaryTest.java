package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.Exemptions;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanctuaryTest {

    @TempDir
    Path root;

    private final ManualClock clock = new ManualClock(Site.NOON);
    private final FakeResolver resolver = new FakeResolver();
    private final HostNames names = new HostNames(resolver, clock);

    @AfterEach
    void close() {
        resolver.answer();
        names.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
    void of_noEntries_sparesLoopback(String address) {
        assertThat(spared(address, List.of(), Map.of())).isTrue();
    }

    @Test
    void of_ignoreip_sparesAddressesNetworksAndNames() {
        List<String> ignoreip = List.of("192.0.2.7", "198.51.100.0/255.255.255.0", "2001:db8::/32", "localhost");

        assertThat(spared("192.0.2.7", ignoreip, Map.of())).isTrue();
        assertThat(spared("198.51.100.200", ignoreip, Map.of())).isTrue();
        assertThat(spared("2001:db8:7::1", ignoreip, Map.of())).isTrue();
        assertThat(spared("192.0.2.8", ignoreip, Map.of())).isFalse();
    }

    @Test
    void mayListOthers_onlyFilesAndNamesChangeByThemselves() {
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);

        sanctuary.of(ignoring(List.of("192.0.2.7", "2001:db8::/32")));
        assertThat(sanctuary.mayListOthers()).isFalse();
        sanctuary.of(ignoring(List.of("file:" + root.resolve("spared"))));
        assertThat(sanctuary.mayListOthers()).isTrue();
        Sanctuary named = new Sanctuary(root, Map.of(), names);
        named.of(ignoring(List.of("blog.example.org")));
        assertThat(named.mayListOthers()).isTrue();
    }

    @Test
    void of_nameWithoutAddress_sparesTheRest() {
        assertThat(spared("192.0.2.7", List.of("no-such-name.invalid", "192.0.2.7"), Map.of()))
                .isTrue();
    }

    @Test
    void of_routes_sparesTheGatewaysOfBothFamilies() throws IOException {
        Files.createDirectories(root.resolve("proc/net"));
        Files.writeString(root.resolve("proc/net/route"), """
                Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
                eth0\t00000000\t0102A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0
                eth0\t0002A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
                """);
        Files.writeString(
                root.resolve("proc/net/ipv6_route"),
                "20010db8000000000000000000000000 20 00000000000000000000000000000000 00"
                        + " fe800000000000000000000000000001 00000400 00000001 00000000 80200003     eth0\n");

        assertThat(spared("192.168.2.1", List.of(), Map.of())).isTrue();
        assertThat(spared("fe80::1", List.of(), Map.of())).isTrue();
        assertThat(spared("192.168.2.2", List.of(), Map.of())).isFalse();
    }

    @Test
    void of_sshSession_sparesItsClientWhereverItIsRecorded() throws IOException {
        Files.createDirectories(root.resolve("run/systemd/sessions"));
        Files.writeString(root.resolve("run/systemd/sessions/4"), "UID=0\nREMOTE=1\nREMOTE_HOST=203.0.113.4\n");
        Files.write(root.resolve("run/utmp"), utmp((short) 7, "203.0.113.5", (short) 8, "203.0.113.6"));

        Map<String, String> environment = Map.of("SSH_CONNECTION", "203.0.113.3 50000 192.0.2.1 22");

        assertThat(spared("203.0.113.3", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.4", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.5", List.of(), environment)).isTrue();
        assertThat(spared("203.0.113.6", List.of(), environment))
                .as("session that has ended")
                .isFalse();
    }

    @Test
    void of_utmpOfAnotherLayout_isNotRead() throws IOException {
        Files.createDirectories(root.resolve("run"));
        Files.write(root.resolve("run/utmp"), new byte[1000]);

        assertThat(spared("0.0.0.0", List.of(), Map.of())).isFalse();
    }

    @Test
    void of_nameAtASilentServer_doesNotWaitAndKnowsItLater() throws Exception {
        resolver.know("friend.example", "192.0.2.7");
        resolver.beSilent();
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);
        List<String> ignoreip = List.of("friend.example", "192.0.2.8");
        sanctuary.prepare(ignoreip, Duration.ofMillis(10));

        Exempt before = sanctuary.of(ignoring(ignoreip));
        assertThat(contains(before, "192.0.2.7")).isFalse();
        assertThat(contains(before, "192.0.2.8")).isTrue();
        assertThat(before.problems()).singleElement().asString().contains("friend.example");

        resolver.answer();
        AtomicBoolean changed = new AtomicBoolean();
        Site.await("the answer", () -> changed.compareAndExchange(false, sanctuary.look()) || changed.get());
        Exempt after = sanctuary.of(ignoring(ignoreip));
        assertThat(contains(after, "192.0.2.7")).isTrue();
        assertThat(after.problems()).isEmpty();
    }

    @Test
    void of_nameThatIsNoLongerKnown_keepsItsAddress() throws Exception {
        resolver.know("friend.example", "192.0.2.7");
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);
        sanctuary.prepare(List.of("friend.example"), Duration.ofSeconds(10));
        resolver.forget("friend.example");
        clock.pass(Duration.ofHours(1));

        sanctuary.prepare(List.of("friend.example"), Duration.ofSeconds(10));

        assertThat(contains(sanctuary.of(ignoring(List.of("friend.example"))), "192.0.2.7"))
                .isTrue();
    }

    @Test
    void of_file_sparesWhomItListsAndFollowsItsChanges() throws IOException {
        Path list = root.resolve("friends");
        Files.writeString(list, "192.0.2.7, 198.51.100.0/24 # ours\n; nobody 192.0.2.9\n2001:db8::/32\n");
        List<String> ignoreip = List.of("file:" + list);
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);

        Exempt before = sanctuary.of(ignoring(ignoreip));
        assertThat(contains(before, "192.0.2.7")).isTrue();
        assertThat(contains(before, "198.51.100.99")).isTrue();
        assertThat(contains(before, "2001:db8::9")).isTrue();
        assertThat(contains(before, "192.0.2.9")).isFalse();
        assertThat(before.problems()).isEmpty();
        assertThat(sanctuary.look()).isFalse();

        Files.writeString(list, "192.0.2.9\n");
        assertThat(sanctuary.look()).isTrue();
        assertThat(contains(sanctuary.of(ignoring(ignoreip)), "192.0.2.9")).isTrue();
        assertThat(contains(sanctuary.of(ignoring(ignoreip)), "192.0.2.7")).isFalse();
    }

    @Test
    void of_fileThatIsGone_keepsWhatItListedAndSaysSo() throws IOException {
        Path list = root.resolve("friends");
        Files.writeString(list, "192.0.2.7\n");
        List<String> ignoreip = List.of("file:" + list);
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);
        sanctuary.of(ignoring(ignoreip));
        Files.delete(list);

        sanctuary.look();

        assertThat(contains(sanctuary.of(ignoring(ignoreip)), "192.0.2.7")).isTrue();
        assertThat(sanctuary.of(ignoring(ignoreip)).problems()).singleElement().asString().contains("friends");
    }

    @Test
    void of_filesThatCannotBeUsed_areProblemsAndHoldNobodyUp() throws IOException {
        Path huge = root.resolve("huge");
        Files.write(huge, new byte[IgnoreFile.LARGEST + 1]);
        List<String> ignoreip =
                List.of("file:/dev/zero", "file:" + huge, "file:" + root, "file:/no/such", "file:/a\0b", "192.0.2.7");

        Exempt exempt = new Sanctuary(root, Map.of(), names).of(ignoring(ignoreip));

        assertThat(exempt.problems()).hasSize(5);
        assertThat(contains(exempt, "192.0.2.7")).isTrue();
    }

    @Test
    void reason_spared_isFail2bansWord() {
        resolver.know("friend.example", "192.0.2.7");
        Sanctuary sanctuary = new Sanctuary(root, Map.of(), names);
        List<String> ignoreip = List.of("friend.example", "192.0.2.8");
        sanctuary.prepare(ignoreip, Duration.ofSeconds(10));

        Exempt exempt = sanctuary.of(ignoring(ignoreip));

        assertThat(exempt.reason(IpAddress.parse("127.0.0.1").orElseThrow())).isEqualTo("ignoreself rule");
        assertThat(exempt.reason(IpAddress.parse("192.0.2.7").orElseThrow())).isEqualTo("dns");
        assertThat(exempt.reason(IpAddress.parse("192.0.2.8").orElseThrow())).isEqualTo("ip");
        assertThat(exempt.reason(IpAddress.parse("192.0.2.9").orElseThrow())).isEqualTo("command");
    }

    private boolean spared(String address, List<String> ignoreip, Map<String, String> environment) {
        Sanctuary sanctuary = new Sanctuary(root, environment, names);
        sanctuary.prepare(ignoreip, Duration.ofSeconds(10));
        return contains(sanctuary.of(ignoring(ignoreip)), address);
    }

    private static boolean contains(Exempt exempt, String address) {
        return exempt.all().contains(IpAddress.parse(address).orElseThrow());
    }

    private static byte[] utmp(Object... typesAndHosts) {
        ByteBuffer records = ByteBuffer.allocate(typesAndHosts.length / 2 * 384).order(ByteOrder.nativeOrder());
        for (int i = 0; i < typesAndHosts.length; i += 2) {
            records.putShort(i / 2 * 384, (short) typesAndHosts[i]);
            records.put(i / 2 * 384 + 76, ((String) typesAndHosts[i + 1]).getBytes(StandardCharsets.UTF_8));
        }
        return records.array();
    }

    private static Exemptions ignoring(List<String> ignoreip) {
        return new Exemptions(ignoreip, true);
    }
}
