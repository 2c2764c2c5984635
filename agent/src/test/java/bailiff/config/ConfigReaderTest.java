package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Bantime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files count, in which order, and what they may put into each other. */
class ConfigReaderTest {

    private static final String JAIL = "[web]\nenabled = true\nfilter = test\nlogpath = /var/log/web\n";

    @TempDir
    private Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() {
        directory = ConfigDirectory.withFilter(path);
    }

    @Test
    void read_jailFiles_areLaidInFail2bansOrder() {
        directory
                .write("jail.conf", JAIL + "maxretry = 11\nmaxmatches = 11\nfindtime = 11\nbantime = 11\n")
                .write("jail.d/a.conf", "[web]\nmaxmatches = 12\nfindtime = 12\nbantime = 12\n")
                .write("jail.d/b.conf", "[web]\nfindtime = 13\nbantime = 13\n")
                .write("jail.local", "[web]\nfindtime = 14\nbantime = 14\n")
                .write("jail.d/a.local", "[web]\nbantime = 15\n");

        Limits limits = directory.onlyJail().limits();

        assertThat(limits)
                .isEqualTo(new Limits(11, Duration.ofSeconds(14), new Bantime(Duration.ofSeconds(15)), 12, 64));
    }

    @Test
    void read_includes_countBeforeAndAfterTheFileThatNamesThem() {
        directory
                .write("paths.conf", "[DEFAULT]\nmaxretry = 21\nmaxmatches = 21\nlog = /var/log/from-paths\n")
                .write("paths.local", "[DEFAULT]\nmaxmatches = 22\n")
                .write("last.conf", "[web]\nmaxretry = 23\n")
                .write(
                        "jail.conf",
                        "[INCLUDES]\nbefore = paths.conf\n         missing.conf\nafter = last.conf\n"
                                + "[DEFAULT]\nlog2 = %(log)s\n" + JAIL + "maxretry = 20\n")
                .write("jail.local", "[web]\nlogpath = %(log2)s\n");

        JailDefinition jail = directory.onlyJail();

        assertThat(jail.limits().maxretry()).isEqualTo(23);
        assertThat(jail.limits().maxmatches()).isEqualTo(22);
        assertThat(jail.sources().logs()).containsExactly(new LogPath("/var/log/from-paths", LogPath.Start.HEAD));
    }

    @Test
    void read_includeThatComesBack_isLeftOutAndSaid() {
        directory
                .write("jail.conf", "[INCLUDES]\nbefore = other.conf\n" + JAIL)
                .write("other.conf", "[INCLUDES]\nafter = jail.conf\n[DEFAULT]\nmaxretry = 9\n");

        Configuration configuration = directory.read();

        assertThat(configuration.jails()).hasSize(1);
        assertThat(configuration.jails().getFirst().limits().maxretry()).isEqualTo(9);
        assertThat(directory.problems())
                .containsExactly("WARNING jail.conf: includes itself, perhaps over others; left out there");
    }

    @Test
    void read_percentReferences_arePutIn() {
        directory.write("jail.conf", "[web]\ndigit = 1\n").write("jail.local", """
                [DEFAULT]
                time = 40
                [other]
                time = 30
                [web]
                enabled = true
                filter = test
                here = 5
                maxretry = %(here)s
                findtime = %(other/time)s
                bantime = %(default/time)s
                digit = 2
                ignoreip = 192.0.2.%(known/digit)s
                logpath = /var/log/%(__name__)s/100%%.log
                """);

        JailDefinition jail = directory.onlyJail();

        assertThat(jail.limits())
                .isEqualTo(new Limits(5, Duration.ofSeconds(30), new Bantime(Duration.ofSeconds(40)), 5, 64));
        assertThat(jail.exemptions().ignoreip()).containsExactly("192.0.2.1");
        assertThat(jail.sources().logs()).extracting(LogPath::glob).containsExactly("/var/log/web/100%.log");
    }

    @Test
    void read_referenceToNothing_namesFileLineSectionAndOption() {
        directory.jail("maxretry = %(absent)s\nbantime = 10%\n");

        assertThat(directory.problems())
                .containsExactlyInAnyOrder(
                        "ERROR jail.local:5: [web] maxretry: '%(absent)s' names an option that is not set in [web] or"
                                + " [DEFAULT]",
                        "ERROR jail.local:6: [web] bantime: read '%', expected %(option)s or %%");
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @Test
    void read_filterOfTheJail_isKnownToTheJail() {
        directory
                .write("filter.d/test.conf", "[Definition]\nfailregex = ^one <HOST>$\n            ^two <HOST>$\n")
                .jail("failregex = %(known/failregex)s\n            ^three <HOST>$\n");

        JailDefinition jail = directory.onlyJail();

        assertThat(jail.filter().failregex()).containsExactly("^one <HOST>$", "^two <HOST>$", "^three <HOST>$");
        assertThat(jail.origin().failregex())
                .extracting(place -> place.toString().replace(path + "/", ""))
                .containsExactly(
                        "filter.d/test.conf:2: [Definition] failregex",
                        "filter.d/test.conf:3: [Definition] failregex",
                        "jail.local:6: [web] failregex");
    }

    @Test
    void read_errorInOneJail_leavesTheOthers() {
        directory.write("jail.local", JAIL + "maxretry = many\n" + JAIL.replace("web", "sound"));

        Configuration configuration = directory.read();

        assertThat(configuration.jails()).extracting(JailDefinition::name).containsExactly("sound");
        assertThat(configuration.leftOut()).containsExactly("web");
        assertThat(configuration.hasErrors()).isTrue();
    }

    @Test
    void read_errorInTheDefaults_leavesNoJailSinceAllMayLackWhatItSaid() {
        directory.write("jail.local", "[DEFAULT]\nignoreip 192.0.2.1\n" + JAIL);

        Configuration configuration = directory.read();

        assertThat(configuration.jails()).isEmpty();
        assertThat(configuration.leftOut()).containsExactly("web");
        assertThat(directory.problems())
                .containsExactly("ERROR jail.local:2: [DEFAULT]: read 'ignoreip 192.0.2.1', expected option = value");
    }

    @Test
    void read_severalMistakes_areAllNamedAtOnceAndSharedOnesOnce() {
        directory.write(
                "jail.local",
                "[DEFAULT]\nfindtime = soon\nbantme = 5\n" + JAIL + "maxretry = 0\n" + JAIL.replace("web", "two")
                        + "filtre = x\nport = nosuch\n");

        assertThat(directory.problems())
                .containsExactlyInAnyOrder(
                        "WARNING jail.local:3: [DEFAULT] bantme: is no option of a jail; did you mean bantime?",
                        "ERROR jail.local:2: [DEFAULT] findtime: read 'soon', expected a time such as 600, 10m or"
                                + " 1d 12h",
                        "ERROR jail.local:8: [web] maxretry: read '0', expected a number from 1 to 1000000",
                        "ERROR jail.local:14: [two] port: read 'nosuch', expected a port such as 80, http or 1000:2000",
                        "WARNING jail.local:13: [two] filtre: is no option of a jail; did you mean filter?");
    }

    @Test
    void read_disabledJail_isNotLookedInto() {
        directory.write("jail.local", "[off]\nmaxretry = many\n[web]\nenabled = false\nfilter = nosuch\n");

        Configuration configuration = directory.read();

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.jails()).isEmpty();
        assertThat(configuration.leftOut()).isEmpty();
    }

    @Test
    void read_directoryThatIsNotThere_isAProblem() {
        Configuration configuration =
                ConfigReader.alone(path.resolve("none"), ConfigDirectory.HOST).read();

        assertThat(configuration.problems()).hasToString("[" + path + "/none: no such directory]");
    }

    @Test
    void read_directoryWithoutJails_isAProblem() {
        assertThat(directory.read().problems())
                .hasToString("[" + path + ": expected jail.conf, jail.local or jail.d in it]");
    }

    @Test
    void read_nothing_guardsWordPress() {
        Configuration configuration = ConfigReader.overBuiltIn(path.resolve("none"), ConfigDirectory.HOST)
                .read();

        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.jails())
                .extracting(JailDefinition::name)
                .containsExactly("wordpress", "wordpress-access");
        assertThat(configuration.files())
                .containsExactly(
                        "built-in filter.d/common.conf",
                        "built-in filter.d/wordpress-access.conf",
                        "built-in filter.d/wordpress.conf",
                        "built-in jail.conf",
                        "built-in services.d/applebot.conf",
                        "built-in services.d/baidu.conf",
                        "built-in services.d/bingbot.conf",
                        "built-in services.d/googlebot.conf",
                        "built-in services.d/jetpack.conf",
                        "built-in services.d/search-engines.conf",
                        "built-in services.d/yandex.conf");
    }

    @Test
    void read_overBuiltIn_ownFilesWinOptionByOption() {
        directory.write("jail.local", "[wordpress]\nmaxretry = 7\nbanaction = nftables-allports\n");

        Configuration configuration =
                ConfigReader.overBuiltIn(path, ConfigDirectory.HOST).read();

        assertThat(configuration.problems()).isEmpty();
        JailDefinition jail = configuration.jails().getFirst();
        assertThat(jail.limits().maxretry()).isEqualTo(7);
        assertThat(jail.limits().bantime()).isEqualTo(new Bantime(Duration.ofDays(1)));
        assertThat(jail.gates()).containsExactly(new Gate("tcp", List.of()));
    }

    @Test
    void read_aloneWithoutCommonConf_takesTheBuiltInOneAndSaysSo() {
        directory.write("filter.d/own.conf", """
                        [INCLUDES]
                        before = common.conf
                        [Definition]
                        _daemon = own
                        failregex = ^%(__prefix_line)sbad <HOST>$
                        """).write("jail.local", JAIL.replace("test", "own"));

        Configuration configuration = directory.read();

        assertThat(directory.problems())
                .containsExactly(
                        "WARNING filter.d/common.conf: is not there, so the built-in filter.d/common.conf is used");
        assertThat(configuration.jails().getFirst().filter().failregex().getFirst())
                .startsWith("^\\s*")
                .contains("own")
                .endsWith("bad <HOST>$");
    }

    @Test
    void read_unreadableFile_isAProblemThatLeavesAllJailsOut() throws IOException {
        directory.write("jail.conf", JAIL);
        Files.write(path.resolve("jail.local"), new byte[Source.LARGEST + 1]);

        Configuration configuration = directory.read();

        assertThat(directory.problems())
                .containsExactly("ERROR jail.local: cannot be read: the file is larger than 4194304 bytes");
        assertThat(configuration.leftOut()).containsExactly("web");
    }

    @Test
    void filter_withArguments_isReadWithoutAnyJail() {
        directory.write("filter.d/f.conf", "[Definition]\nfailregex = ^<word> <HOST>$\n[Init]\nword = a\n");
        ConfigReader reader = ConfigReader.alone(path, ConfigDirectory.HOST);

        assertThat(reader.filter("f[word=b]")).isInstanceOfSatisfying(FilterReading.Usable.class, usable -> {
            assertThat(usable.filter().failregex()).containsExactly("^b <HOST>$");
            assertThat(usable.problems()).isEmpty();
        });
    }

    @Test
    void filter_thatIsNotThere_isBroken() {
        FilterReading reading = ConfigReader.alone(path, ConfigDirectory.HOST).filter("../../etc/passwd");

        assertThat(reading)
                .isInstanceOfSatisfying(
                        FilterReading.Broken.class,
                        broken -> assertThat(broken.problems())
                                .hasToString(
                                        "[no file for the filter '../../etc/passwd', expected filter.d/NAME.conf]"));
    }
}
