package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.FilterDefinition;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter's files, its arguments and the jail's own options make together. */
class FilterReaderTest {

    @TempDir
    private Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() {
        directory = new ConfigDirectory(path);
    }

    @Test
    void read_tags_areReplacedInnermostFirst() {
        filter("""
                [DEFAULT]
                kind = a
                prefix = <of_<kind>/prefix>
                [of_a]
                prefix = alpha-<word>
                [of_b]
                prefix = beta-<word>
                [Definition]
                failregex = ^<prefix> <HOST> <F-USER>\\S+</F-USER> <unknown>$
                [Init]
                word = w
                """);

        assertThat(failregex("f")).containsExactly("^alpha-w <HOST> <F-USER>\\S+</F-USER> <unknown>$");
        assertThat(failregex("f[kind=b, word=v]")).containsExactly("^beta-v <HOST> <F-USER>\\S+</F-USER> <unknown>$");
    }

    @Test
    void read_sameOptionEverywhere_isWhatFail2bansServerHearsLast() {
        filter("""
                [Definition]
                failregex = ^definition <HOST>
                ignoreregex = definition
                usedns = no
                datepattern = definition
                prefregex = definition
                [Init]
                failregex = ^init <HOST>
                datepattern = init
                prefregex = init
                usedns = yes
                """);
        directory.write("jail.local", """
                [web]
                enabled = true
                logpath = /var/log/web
                filter = f[usedns=raw]
                failregex = ^jail <HOST>
                ignoreregex = jail
                prefregex = jail
                datepattern = jail
                usedns = warn
                """);

        FilterDefinition filter = directory.read().jails().getFirst().filter();

        assertThat(filter.failregex()).containsExactly("^init <HOST>", "^jail <HOST>");
        assertThat(filter.ignoreregex()).containsExactly("jail");
        assertThat(filter.datepattern()).isEqualTo("jail");
        assertThat(filter.prefregex()).isEqualTo("init");
        assertThat(filter.usedns()).isEqualTo("raw");
    }

    @Test
    void read_argument_reachesPercentReferencesToo() {
        filter("[Definition]\n_daemon = d\nfailregex = ^%(_daemon)s <HOST>\n");

        assertThat(failregex("f[_daemon=e]")).containsExactly("^e <HOST>");
    }

    @Test
    void read_knownTag_isTheValueBeforeTheArgument() {
        filter("[Definition]\nfailregex = ^<words> <HOST>\n[Init]\nwords = a\n");

        assertThat(failregex("f[words=\"(?:<known/words>|b)\"]")).containsExactly("^(?:a|b) <HOST>");
    }

    @Test
    void read_localFile_winsAndKnowsWhatItOverwrote() {
        filter("[Definition]\nfailregex = ^one <HOST>\nignoreregex = ^good\n");
        directory.write("filter.d/f.local", "[Definition]\nfailregex = %(known/failregex)s\n            ^two <HOST>\n");

        assertThat(failregex("f")).containsExactly("^one <HOST>", "^two <HOST>");
    }

    @Test
    void read_optionOfTwoFamilies_waitsForTheFamily() {
        filter(
                "[Definition]\nfailregex = ^<w> <w?family=inet6> <x> <HOST>\n[Init]\nw = 4\nx = 5\n[Init?family=inet6]\nw = 6\n");

        assertThat(failregex("f")).containsExactly("^<w> 6 5 <HOST>");
    }

    @Test
    void read_origin_isTheLineNextToTheExpressionItself() {
        filter("""
                [DEFAULT]
                prefix = p
                more = ^second %(prefix)s <HOST>
                       ^third <HOST>
                [Definition]
                failregex = ^%(prefix)s first <HOST>
                            %(more)s
                            ^fourth <prefix> <HOST>
                """);
        directory.write("jail.local", "[web]\nenabled = true\nfilter = f\nlogpath = /var/log/web\n");

        JailDefinition jail = directory.onlyJail();

        assertThat(jail.filter().failregex())
                .containsExactly("^p first <HOST>", "^second p <HOST>", "^third <HOST>", "^fourth p <HOST>");
        assertThat(jail.origin().failregex())
                .extracting(place -> place.line() + " " + place.section() + " " + place.option())
                .containsExactly(
                        "6 Definition failregex", "3 DEFAULT more", "4 DEFAULT more", "8 Definition failregex");
    }

    @Test
    void read_filterWithoutFailregex_isBroken() {
        filter("[Definition]\nignoreregex = x\n");

        assertThat(problems("f")).containsExactly("filter.d/f.conf: has no failregex, so it would find nothing");
    }

    @Test
    void read_filterWithoutDefinition_isBroken() {
        filter("[Init]\nfailregex = x <HOST>\n");

        assertThat(problems("f")).containsExactly("filter.d/f.conf: expected a section [Definition]");
    }

    @Test
    void read_filterWithAMistake_isBrokenForItsJailsOnly() {
        filter("[Definition]\nfailregex = ^x <HOST>\nfailregex = ^y <HOST>\n");
        directory
                .write("filter.d/g.conf", "[Definition]\nfailregex = ^x <HOST>\n")
                .write("jail.local", """
                        [DEFAULT]
                        enabled = true
                        logpath = /var/log/web
                        [one]
                        filter = f
                        [two]
                        filter = g
                        """);

        Configuration configuration = directory.read();

        assertThat(configuration.leftOut()).containsExactly("one");
        assertThat(configuration.jails()).extracting(JailDefinition::name).containsExactly("two");
        assertThat(directory.problems())
                .containsExactly("ERROR filter.d/f.conf:3: [Definition] failregex: stands here and at line 2,"
                        + " expected it once in a section");
    }

    @Test
    void read_filterThatIsNotThere_isSaidAtTheJailsLine() {
        directory.write("jail.local", "[web]\nenabled = true\nlogpath = /var/log/web\nfilter = nosuch\n");

        assertThat(directory.problems())
                .containsExactly("ERROR jail.local:4: [web] filter: no file for the filter 'nosuch',"
                        + " expected filter.d/NAME.conf");
    }

    private void filter(String text) {
        directory.write("filter.d/f.conf", text);
    }

    private FilterReading read(String call) {
        return ConfigReader.alone(path, ConfigDirectory.HOST).filter(call);
    }

    private List<String> failregex(String call) {
        return switch (read(call)) {
            case FilterReading.Usable usable -> usable.filter().failregex();
            case FilterReading.Broken broken -> throw new AssertionError(broken.problems());
        };
    }

    private List<String> problems(String call) {
        return switch (read(call)) {
            case FilterReading.Usable usable -> throw new AssertionError("usable: " + usable);
            case FilterReading.Broken broken ->
                broken.problems().stream()
                        .map(problem -> problem.toString().replace(path + "/", ""))
                        .toList();
        };
    }
}
