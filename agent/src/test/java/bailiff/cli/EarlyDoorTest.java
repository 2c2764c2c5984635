package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyDoorTest {

    @TempDir
    private Path site;

    @BeforeEach
    void wordPress() throws IOException {
        write("wp-login.php", "<?php");
        write("wp-content/mu-plugins/bailiff.php", "<?php // BAILIFF_DOOR");
        site = site.toRealPath();
    }

    private Path write(String name, String text) throws IOException {
        Path file = site.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        return Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    private String read(String name) throws IOException {
        return Files.readString(site.resolve(name), StandardCharsets.ISO_8859_1);
    }

    private EarlyDoor door() throws ControlException, IOException {
        return EarlyDoor.at(site, Instant::now);
    }

    private static EarlyDoor.Order order(PrependSetting setting) throws IOException {
        return new EarlyDoor.Order(
                Files.readString(Path.of("../wordpress/bailiff-door.php")),
                Optional.empty(),
                Optional.empty(),
                setting);
    }

    @ParameterizedTest
    @EnumSource(PrependSetting.class)
    void install_settingFileThere_isKeptAndFoundAgainByteForByte(PrependSetting setting) throws Exception {
        String before = "; x\r\nmemory_limit = 1\u00e9\n[PATH=/a]\nno end of line";
        Path file = write(setting.fileName(), before);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        door().install(order(setting));
        door().install(order(setting));

        assertThat(read(setting.fileName()))
                .endsWith(before)
                .containsOnlyOnce("END Bailiff")
                .contains("auto_prepend_file")
                .contains("\"" + site + "/bailiff-door.php\"");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");

        door().remove();

        assertThat(read(setting.fileName())).isEqualTo(before);
        try (Stream<Path> left = Files.list(site)) {
            assertThat(left.map(Path::getFileName).map(Path::toString)).noneMatch(name -> name.startsWith(".bailiff"));
        }
    }

    @ParameterizedTest
    @EnumSource(PrependSetting.class)
    void remove_settingFileWasMade_isDeleted(PrependSetting setting) throws Exception {
        door().install(order(setting));
        assertThat(site.resolve(setting.fileName())).exists();

        door().remove();

        assertThat(site.resolve(setting.fileName())).doesNotExist();
    }

    @Test
    void remove_apache_deletesTheDoorAtOnce() throws Exception {
        door().install(order(PrependSetting.HTACCESS));

        door().remove();

        assertThat(site.resolve(EarlyDoor.NAME)).doesNotExist();
        assertThat(door().remove()).containsExactly("There is no early door in " + site + ".");
    }

    @Test
    void remove_fpm_leavesAFileThatDoesNothingUntilNoPhpRunsIt() throws Exception {
        door().install(order(PrependSetting.USER_INI));

        assertThat(door().remove()).last().asString().contains("300 seconds");
        assertThat(read(EarlyDoor.NAME)).startsWith("<?php //").doesNotContain("require");
        assertThat(door().remove()).last().asString().contains("300 seconds");
        EarlyDoor.at(site, () -> Instant.now().plus(EarlyDoor.MEMORY).plusSeconds(1))
                .remove();

        assertThat(site.resolve(EarlyDoor.NAME)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".user.ini:auto_prepend_file = '/srv/wordfence-waf.php'",
                ".user.ini:  Auto_Prepend_File=x.php",
                ".htaccess:php_value auto_prepend_file '/srv/wordfence-waf.php'",
                ".htaccess:\tphp_admin_value\tauto_prepend_file x.php"
            })
    void install_anotherFileIsRunAlready_isRefusedAndChangesNothing(String setting) throws Exception {
        String[] parts = setting.split(":", 2);
        write(parts[0], "\n" + parts[1] + "\n");

        assertThatThrownBy(() -> door().install(order(PrependSetting.USER_INI)))
                .isInstanceOf(ControlException.class)
                .hasMessageStartingWith(site + "/" + parts[0] + ":2: ");

        assertThat(read(parts[0])).isEqualTo("\n" + parts[1] + "\n");
        assertThat(site.resolve(EarlyDoor.NAME)).doesNotExist();
        assertThat(door().status()).singleElement().asString().endsWith("is another's.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto_prepend_file = none", "auto_prepend_file =", "; auto_prepend_file = x.php"})
    void install_noFileIsRunAlready_isDone(String line) throws Exception {
        write(".user.ini", line + "\n");

        door().install(order(PrependSetting.USER_INI));

        assertThat(door().status()).singleElement().asString().contains("before each page");
    }

    @Test
    void install_settingFileIsALink_isRefused() throws Exception {
        Path secret = write("secret", "x");
        Files.createSymbolicLink(site.resolve(".user.ini"), secret);

        assertThatThrownBy(() -> door().install(order(PrependSetting.USER_INI)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("no plain file");
        assertThat(Files.readString(secret)).isEqualTo("x");
    }

    @Test
    void install_noPluginOrAnOldOne_isRefused() throws Exception {
        write("wp-content/mu-plugins/bailiff.php", "<?php exit;");
        assertThatThrownBy(() -> door().install(order(PrependSetting.USER_INI)))
                .hasMessageContaining("older than the early door");
        Files.delete(site.resolve("wp-content/mu-plugins/bailiff.php"));
        assertThatThrownBy(() -> door().install(order(PrependSetting.USER_INI)))
                .hasMessageContaining("the plugin is not there");
        Files.delete(site.resolve("wp-login.php"));
        assertThatThrownBy(this::door).hasMessageContaining("there is no wp-login.php in it");
    }

    @Test
    void install_constantsOfTheOwner_areTakenOver() throws Exception {
        write("wp-config.php", """
                <?php
                define('BAILIFF_PROXIES', '10.0.0.0/8 192.0.2.7');
                define( "BAILIFF_CLOUDFLARE", true );
                // define('BAILIFF_HOST', 'x');
                define('BAILIFF_KEY', 'a secret');
                """);

        door().install(order(PrependSetting.USER_INI));

        assertThat(read(EarlyDoor.NAME))
                .contains("$plugin   = '" + site + "/wp-content/mu-plugins/bailiff.php';")
                .contains("$settings = array( 'BAILIFF_CLOUDFLARE' => true,"
                        + " 'BAILIFF_PROXIES' => '10.0.0.0/8 192.0.2.7' );");
    }

    @Test
    void install_constantsInComments_areNone() throws Exception {
        write("wp-config.php", """
                <?php
                define('AUTH_KEY', 'salt with /* and # and \\' in it');
                /*
                define('BAILIFF_PROXIES', '10.0.0.0/8');
                define('BAILIFF_CLOUDFLARE', true);
                */
                # define('BAILIFF_HOST', 'x');
                defined('BAILIFF_PROXIES') || define('BAILIFF_PROXIES', '192.0.2.7'); // as */ was
                define('SECURE_AUTH_KEY', "*/ // \\" # /*");
                """);

        door().install(order(PrependSetting.USER_INI));

        assertThat(read(EarlyDoor.NAME)).contains("$settings = array( 'BAILIFF_PROXIES' => '192.0.2.7' );");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "define('BAILIFF_PROXIES', getenv('PROXIES'));",
                "if (true) { define('BAILIFF_PROXIES', array('10.0.0.0/8')); }",
                "const BAILIFF_PROXIES = '10.0.0.0/8';"
            })
    void install_proxiesAreComputed_mustBeNamed(String how) throws Exception {
        write("wp-config.php", "<?php\n" + how + "\n");
        EarlyDoor.Order bare = order(PrependSetting.USER_INI);

        assertThatThrownBy(() -> door().install(bare)).hasMessageContaining("name them with --proxies");
        assertThatThrownBy(() -> door().install(named(bare, "10.0.0.0/8,nowhere")))
                .hasMessageContaining("'nowhere' is no address");
        door().install(named(bare, "10.0.0.0/8, 2001:db8::7"));

        assertThat(read(EarlyDoor.NAME)).contains("'BAILIFF_PROXIES' => '10.0.0.0/8 2001:db8::7'");
    }

    private static EarlyDoor.Order named(EarlyDoor.Order order, String proxies) {
        return new EarlyDoor.Order(order.template(), Optional.of(proxies), order.plugin(), order.setting());
    }

    @Test
    void ofThisMachine_apacheLoadsPhp_isItsFile() throws Exception {
        assertThat(PrependSetting.ofThisMachine(site)).isEqualTo(PrependSetting.USER_INI);
        write("etc/apache2/mods-enabled/php8.2.load", "");
        assertThat(PrependSetting.ofThisMachine(site)).isEqualTo(PrependSetting.HTACCESS);
    }
}
