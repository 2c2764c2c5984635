package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The same WordPress once more by an Apache that looks a visitor up in a deny map, as the manual tells an owner to do. */
final class DenyingApache implements AutoCloseable {

    /** Where it listens: a port that no ban closes. */
    static final int PORT = 8081;

    private static final String CONFIGURATION = """
            ServerRoot @HERE@
            ServerName blog.example.test
            PidFile @HERE@/denying.pid
            ErrorLog @HERE@/denying.log
            User nobody
            Group nogroup
            Listen @PORT@
            LoadModule mpm_prefork_module @MODULES@/mod_mpm_prefork.so
            LoadModule authz_core_module @MODULES@/mod_authz_core.so
            LoadModule mime_module @MODULES@/mod_mime.so
            LoadModule dir_module @MODULES@/mod_dir.so
            LoadModule rewrite_module @MODULES@/mod_rewrite.so
            LoadModule php_module @PHP@
            TypesConfig /dev/null
            StartServers 2
            MaxRequestWorkers 4
            DocumentRoot @HERE@/site
            DirectoryIndex index.php
            <FilesMatch "\\.php$">
                SetHandler application/x-httpd-php
            </FilesMatch>
            """;

    private final Process process;

    private DenyingApache(Process process) {
        this.process = process;
    }

    /** Serves the site under the map of a guard that runs; it answers when this returns. */
    static DenyingApache beside(WordPress wordPress, Machine machine, Network network) {
        Folder folder = wordPress.folder();
        String map = machine.folder().path().resolve("lib/deny.map").toString();
        String text = (CONFIGURATION + Manual.block("docs/shield.md", "apache"))
                .replace("@HERE@", folder.path().toString())
                .replace("@PORT@", Integer.toString(PORT))
                .replace("@MODULES@", WordPress.MODULES.toString())
                .replace("@PHP@", WordPress.php())
                .replace("/var/cache/bailiff/deny.map", map);
        List<String> command = new ArrayList<>(network.atSite());
        command.addAll(List.of(
                "setsid",
                "apache2",
                "-DFOREGROUND",
                "-f",
                folder.write("denying.conf", text).toString()));
        DenyingApache apache = new DenyingApache(
                Programs.start(command, Map.of(), folder.path().resolve("denying.log")));
        Await.until(
                () -> network.curl(Network.GATEWAY, "--fail", Network.url(Network.GATEWAY, PORT, "/?p=1"))
                                .exit()
                        == 0,
                () -> "no answer from Apache, which said: "
                        + Hearing.lines(folder.path().resolve("denying.log")));
        return apache;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
