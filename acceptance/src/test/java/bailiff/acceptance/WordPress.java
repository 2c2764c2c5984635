package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Debian's WordPress with MariaDB, Apache and rsyslog, where a network's site stands, and our plugin in it. It has the
 * users {@code admin} and {@code editor}, and the post number 1, which may be pinged.
 */
final class WordPress implements AutoCloseable {

    /** The password of the user {@code admin}. */
    static final String PASSWORD = "right-password";

    /** The secret that a file of decisions is signed with. */
    static final String KEY = "a secret of the acceptance tests";

    static final Path MODULES = Path.of("/usr/lib/apache2/modules");

    private static final String CONFIGURATION = """
            <?php
            define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
            define('DB_HOST', 'localhost:@HERE@/db.sock'); define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
            foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
                define($name . '_KEY', hash('sha256', $name)); define($name . '_SALT', hash('sha256', "$name salt"));
            }
            $table_prefix = 'wp_';
            define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
            define('WP_ENVIRONMENT_TYPE', 'local');
            define('WP_HOME', 'http://@SITE@'); define('WP_SITEURL', 'http://@SITE@');
            define('BAILIFF_SYSLOG', '@HERE@/log.sock');
            define('BAILIFF_AGENT', '@AGENT@');
            define('BAILIFF_FILE', '@HERE@/bailiff.log');
            define('BAILIFF_PROXIES', '@PROXY@');
            define('BAILIFF_SHIELD', '@HERE@/shield.sock');
            define('BAILIFF_DECISIONS', '@HERE@/decisions'); define('BAILIFF_KEY', '@KEY@');
            // A machine that runs tests may well be slower than five milliseconds, also at the early door.
            if (!isset($_SERVER['HTTP_X_TEST_HASTE'])) { define('BAILIFF_PATIENCE', 1000); }
            if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
            require ABSPATH . 'wp-settings.php';
            """;

    /** Lets a request ask for what an owner may have set otherwise. */
    private static final String WHIMS = """
            <?php
            if (isset($_SERVER['HTTP_X_TEST_DISABLED'])) { add_filter('xmlrpc_enabled', '__return_false'); }
            if (isset($_SERVER['HTTP_X_TEST_NO_CAP'])) { define('BAILIFF_MULTICALL', false); }
            if (isset($_SERVER['HTTP_X_TEST_FORMS'])) {
                add_action('template_redirect', function () { wp_login_form(); do_action('woocommerce_login_form'); exit; });
            }
            if (isset($_SERVER['HTTP_X_TEST_LET_IN'])) {
                add_filter('authenticate', fn() => get_user_by('login', 'admin'), 50);
            }
            """;

    private static final String INSTALLATION = """
            <?php
            define('WP_INSTALLING', true);
            $_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = '@SITE@';
            require '@HERE@/site/wp-load.php';
            require ABSPATH . 'wp-admin/includes/upgrade.php';
            function wp_mail() { return true; }
            wp_install('Blog', 'admin', 'admin@example.test', true, '', '@PASSWORD@');
            wp_create_user('editor', '@PASSWORD@', 'editor@example.test');
            """;

    private static final String APACHE = """
            ServerRoot @HERE@
            ServerName blog.example.test
            PidFile @HERE@/apache.pid
            ErrorLog @HERE@/error.log
            User nobody
            Group nogroup
            Listen 80
            LoadModule mpm_prefork_module @MODULES@/mod_mpm_prefork.so
            LoadModule authz_core_module @MODULES@/mod_authz_core.so
            LoadModule mime_module @MODULES@/mod_mime.so
            LoadModule dir_module @MODULES@/mod_dir.so
            LoadModule php_module @PHP@
            TypesConfig /dev/null
            StartServers 2
            MinSpareServers 1
            MaxRequestWorkers 8
            DocumentRoot @HERE@/site
            <FilesMatch "\\.php$">
                SetHandler application/x-httpd-php
            </FilesMatch>
            <Directory @HERE@/site>
                AllowOverride Options
            </Directory>
            DirectoryIndex index.php
            """;

    private static final String SYSLOG = """
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="@HERE@/log.sock")
            $FileCreateMode 0644
            *.* action(type="omfile" file="@LOG@" template="RSYSLOG_FileFormat")
            """;

    private final Folder folder = Folder.make();
    private final Network network;
    private final AuthLog log;
    private final List<Process> processes = new ArrayList<>();

    private WordPress(Network network, AuthLog log) {
        this.network = network;
        this.log = log;
    }

    /** Installs the site and starts its servers; it answers when this returns. Its lines go to the log. */
    static WordPress start(Network network, AuthLog log) {
        Needs.program("mariadbd", "mariadb-server");
        Needs.program("php", "php-cli");
        Needs.program("apache2", "apache2 libapache2-mod-php");
        Needs.program("curl", "curl");
        Needs.program("rsyslogd", "rsyslog");
        if (!Files.isDirectory(Path.of("/usr/share/wordpress"))) {
            Needs.missing("This test needs WordPress: apt-get install wordpress.");
        }
        WordPress site = new WordPress(network, log);
        try {
            site.start();
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    private void start() {
        startDatabase();
        Programs.run("cp", "-rL", "/usr/share/wordpress", path("site")).good();
        Path plugins = folder.directory("site/wp-content/mu-plugins");
        write("site/wp-config.php", CONFIGURATION);
        write("site/wp-content/mu-plugins/whims.php", WHIMS);
        copy(Installation.source("wordpress/bailiff.php"), plugins.resolve("bailiff.php"));
        Programs.run("chown", "nobody", write("bailiff.log", "")).good();
        Programs.run("php", write("install.php", INSTALLATION)).good();
        startLog();
        startServer();
    }

    private void startDatabase() {
        Programs.run(
                        "mariadb-install-db",
                        "--no-defaults",
                        "--datadir=" + path("db"),
                        "--skip-test-db",
                        "--auth-root-authentication-method=normal",
                        "--user=root")
                .good();
        processes.add(launch(
                List.of(),
                "mariadbd",
                "--no-defaults",
                "--user=root",
                "--datadir=" + path("db"),
                "--socket=" + path("db.sock"),
                "--pid-file=" + path("db.pid"),
                "--skip-networking",
                "--skip-log-bin",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-buffer-pool-size=32M"));
        Await.until(() -> sql("SELECT 1").exit() == 0, () -> "no answer from MariaDB");
        sql("CREATE DATABASE wp").good();
    }

    private Outcome sql(String statement) {
        return Programs.run("mariadb", "--no-defaults", "-uroot", "-S", path("db.sock"), "-e", statement);
    }

    /** Starts rsyslog. */
    void startLog() {
        processes.add(
                launch(List.of(), "rsyslogd", "-n", "-i", path("syslog.pid"), "-f", write("rsyslog.conf", SYSLOG)));
        Await.until(() -> Files.exists(folder.path().resolve("log.sock")), () -> "no socket of rsyslog");
    }

    /** Ends rsyslog, and takes its socket away. */
    void stopLog() {
        Process syslog = processes.stream()
                .filter(process -> process.info().command().orElse("").endsWith("rsyslogd"))
                .findFirst()
                .orElseThrow();
        processes.remove(syslog);
        end(syslog);
        try {
            Files.deleteIfExists(folder.path().resolve("log.sock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startServer() {
        // In a group of its own, since Apache ends its whole group.
        String configuration = write("apache.conf", APACHE);
        processes.add(launch(network.atSite(), "setsid", "apache2", "-DFOREGROUND", "-f", configuration));
        Await.until(
                () -> network.curl(Network.GATEWAY, "--fail", Network.url(Network.GATEWAY, 80, "/"))
                                .exit()
                        == 0,
                () -> "no answer from Apache, which said: " + said());
    }

    private String said() {
        return Programs.run("tail", "-n", "20", path("said"), path("error.log")).out();
    }

    private Process launch(List<String> within, String... command) {
        List<String> all = new ArrayList<>(within);
        all.addAll(List.of(command));
        return Programs.start(all, Map.of(), folder.path().resolve("said"));
    }

    private String write(String name, String text) {
        String filled = text.replace("@HERE@", folder.path().toString())
                .replace("@MODULES@", MODULES.toString())
                .replace("@PHP@", php())
                .replace("@LOG@", log.file().toString())
                .replace("@AGENT@", agent().toString())
                .replace("@PASSWORD@", PASSWORD)
                .replace("@PROXY@", Network.GATEWAY)
                .replace("@KEY@", KEY)
                .replace("@SITE@", Network.SITE);
        return folder.write(name, filled).toString();
    }

    /** Apache's module for PHP, whatever its version. */
    static String php() {
        try (Stream<Path> modules = Files.list(MODULES)) {
            return modules.map(Path::toString)
                    .filter(module -> module.matches(".*/libphp[0-9.]*\\.so"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no module for PHP in " + MODULES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String path(String name) {
        return folder.path().resolve(name).toString();
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where all of it lies: the site's files in {@code site}, the database's socket, what Apache says of errors. */
    Folder folder() {
        return folder;
    }

    /** The directory of the site's files. */
    Path site() {
        return folder.path().resolve("site");
    }

    /** Where the plugin looks for the agent; nobody is there by itself. */
    Path shield() {
        return folder.path().resolve("shield.sock");
    }

    /** Where the plugin looks for a file of decisions; there is none by itself. */
    Path decisions() {
        return folder.path().resolve("decisions");
    }

    /** Runs PHP with WordPress loaded, as its owner can on the machine; gives what it printed. */
    String run(String php) {
        String head = "<?php $_SERVER['HTTP_HOST'] = '@SITE@'; $_SERVER['REMOTE_ADDR'] = '192.0.2.9';"
                + " require '@HERE@/site/wp-load.php'; ";
        return Programs.run("php", write("script.php", head + php)).good().out();
    }

    /** The socket of the guard on the machine that has the log. */
    Path agent() {
        return log.file().resolve("../../run/bailiff/trap.sock").normalize();
    }

    /** The file that takes the lines which neither syslog nor the agent takes. */
    Path fallback() {
        return folder.path().resolve("bailiff.log");
    }

    @Override
    public void close() {
        processes.reversed().forEach(WordPress::end);
        folder.close();
    }

    private static void end(Process process) {
        process.destroy();
        process.onExit().join();
    }
}
