package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a newcomer runs first. */
class DemoTest {

    private static final String DICTIONARY_ATTACKER = "203.0.113.66";
    private static final String OWNER = "203.0.113.7";

    @AutoClose
    private final Folder folder = Folder.make();

    /** Runs the demo with a directory for temporary files of its own. */
    private Outcome demo(List<String> as, String temporary) {
        List<String> command = new ArrayList<>(as);
        command.addAll(List.of(Installation.launcher().toString(), "demo", "--seconds", "6"));
        Map<String, String> environment = new HashMap<>(Installation.java());
        environment.put("BAILIFF_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        return Programs.run(command, environment);
    }

    private static void assertStory(Outcome demo) {
        assertThat(demo.exit()).as(demo.toString()).isZero();
        assertThat(demo.err()).isEmpty();
        assertThat(demo.out())
                .contains("BAN      " + DICTIONARY_ATTACKER)
                .contains("UNBAN    " + DICTIONARY_ATTACKER)
                .contains("NO ANSWER", "CAMPAIGN login-", "tries for the first time, and is refused")
                .contains("answered, logged in")
                .doesNotContain("BAN      " + OWNER)
                .containsPattern("dictionary attack +1 ")
                .containsPattern("pingback flood +3 +\\d+ +\\d+ +0 +[3-9]")
                // A busy machine may miss an answer of the shield, and then the attempt goes on.
                .containsPattern("botnet, one try a wave +40 +80 +1?\\d +[67]\\d +0 ")
                .containsPattern("owner who mistypes twice +1 +3 +3 +0 +0 ");
    }

    @Test
    void demo_asRoot_dropsRealPacketsAndLeavesNothingBehind() {
        Needs.root();
        Needs.program("nft", "nftables");
        Needs.program("ip", "iproute2");
        String tablesBefore = Programs.run("nft", "list", "tables").out();

        Outcome demo = demo(List.of(), folder.directory("tmp").toString());

        assertStory(demo);
        assertThat(demo.out()).contains("Real packets", "in the kernel", "Bans are enforced by nftables.");
        assertThat(folder.path().resolve("tmp")).isEmptyDirectory();
        assertThat(Programs.run("ip", "netns", "list").out()).doesNotContain("bailiff-demo-");
        assertThat(Programs.run("nft", "list", "tables").out()).isEqualTo(tablesBefore);
    }

    @Test
    void demo_asNobody_isPlayedOnPaperAndLeavesNothingBehind() {
        List<String> nobody = List.of();
        if ("root".equals(System.getProperty("user.name"))) {
            Needs.program("setpriv", "util-linux");
            nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            Programs.run("chmod", "777", folder.directory("tmp").toString()).good();
        }

        Outcome demo = demo(nobody, folder.directory("tmp").toString());

        assertStory(demo);
        assertThat(demo.out()).contains("On paper");
        assertThat(folder.path().resolve("tmp")).isEmptyDirectory();
    }
}
