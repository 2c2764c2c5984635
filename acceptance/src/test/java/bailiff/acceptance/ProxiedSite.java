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
 * The same WordPress once more, as nginx and PHP-FPM serve it behind a reverse proxy: nginx at the network's gateway, which
 * the site's configuration names as its proxy. The site's nginx is at port {@link #PORT}.
 */
final class ProxiedSite implements AutoCloseable {

    /** The port of the site's own nginx. */
    static final int PORT = 8080;

    private static final Path PROGRAMS = Path.of("/usr/sbin");

    private static final String FPM = """
            [global]
            daemonize = no
            error_log = @HERE@/fpm.log
            [www]
            user = nobody
            group = nogroup
            listen = @HERE@/fpm.sock
            listen.mode = 0666
            pm = static
            pm.max_children = 6
            """;

    private static final String BEGIN = """
            worker_processes 1;
            user nobody nogroup;
            daemon off;
            pid @HERE@/@NAME@.pid;
            error_log @HERE@/@NAME@.log;
            events { worker_connections 512; }
            http {
                access_log off;
                client_max_body_size 8m;
                client_body_temp_path @HERE@/@NAME@-body;
                proxy_temp_path @HERE@/@NAME@-proxy;
                fastcgi_temp_path @HERE@/@NAME@-fastcgi;
                uwsgi_temp_path @HERE@/@NAME@-uwsgi;
                scgi_temp_path @HERE@/@NAME@-scgi;
            """;

    private static final String SITE = """
                server {
                    listen @PORT@;
                    root @HERE@/site;
                    index index.php;
                    @IN_SERVER@
                    location / { try_files $uri $uri/ /index.php?$args; }
                    location ~ \\.php(?:/|$) {
                        @IN_SCRIPTS@
                        fastcgi_split_path_info ^(.+?\\.php)(/.*)$;
                        try_files $fastcgi_script_name =404;
                        include /etc/nginx/fastcgi_params;
                        fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
                        fastcgi_pass unix:@HERE@/fpm.sock;
                        fastcgi_read_timeout 60;
                    }
                }
            }
            """;

    private static final String PROXY = """
                server {
                    listen @GATEWAY@:80;
                    location / {
                        proxy_pass http://@SITE@:@PORT@;
                        proxy_http_version 1.1;
                        proxy_set_header Host $host;
                        proxy_set_header Connection "";
                        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                        proxy_read_timeout 60;
                    }
                }
            }
            """;

    private final Network network;
    private final Folder folder;
    private final List<Process> processes = new ArrayList<>();

    private ProxiedSite(Network network, Folder folder) {
        this.network = network;
        this.folder = folder;
    }

    /** Serves the site this way as well; it answers when this returns. */
    static ProxiedSite beside(WordPress wordPress, Network network) {
        return start(wordPress, network, "", "");
    }

    /** The same with the site's nginx asking the shield, as the manual tells an owner to do. */
    static ProxiedSite asking(WordPress wordPress, Network network) {
        List<String> blocks = Manual.blocks("docs/shield.md", "nginx");
        return start(wordPress, network, blocks.getLast(), blocks.getFirst());
    }

    private static ProxiedSite start(WordPress wordPress, Network network, String inServer, String inScripts) {
        Needs.program("nginx", "nginx-light");
        ProxiedSite site = new ProxiedSite(network, wordPress.folder());
        try {
            site.start(inServer, inScripts);
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    private void start(String inServer, String inScripts) {
        launch(
                network.atSite(),
                fpm(),
                "--nodaemonize",
                "--allow-to-run-as-root",
                "--fpm-config",
                write("fpm.conf", FPM));
        Await.until(() -> Files.exists(folder.path().resolve("fpm.sock")), () -> "no socket of php-fpm");
        String site = (BEGIN + SITE)
                .replace("@IN_SERVER@", inServer)
                .replace("@IN_SCRIPTS@", inScripts)
                .replace("@NAME@", "nginx");
        launch(network.atSite(), "nginx", "-c", write("nginx.conf", site), "-e", "stderr");
        String proxy = (BEGIN + PROXY).replace("@NAME@", "front");
        launch(network.outside(), "nginx", "-c", write("front.conf", proxy), "-e", "stderr");
        String url = "http://" + Network.GATEWAY + "/";
        Await.until(
                () -> network.curl(Network.GATEWAY, "--fail", "-o", "/dev/null", "-H", "Host: " + Network.SITE, url)
                                .exit()
                        == 0,
                () -> "no answer from nginx, which said: "
                        + Programs.run("tail", "-n", "20", path("served"), path("nginx.log"), path("front.log"))
                                .out());
    }

    private void launch(List<String> within, String... command) {
        List<String> all = new ArrayList<>(within);
        all.addAll(List.of(command));
        processes.add(Programs.start(all, Map.of(), folder.path().resolve("served")));
    }

    private String path(String name) {
        return folder.path().resolve(name).toString();
    }

    private String write(String name, String text) {
        String filled = text.replace("@HERE@", folder.path().toString())
                .replace("@PORT@", Integer.toString(PORT))
                .replace("@SITE@", Network.SITE)
                .replace("@GATEWAY@", Network.GATEWAY);
        return folder.write(name, filled).toString();
    }

    /** PHP-FPM, whatever its version. */
    private static String fpm() {
        try (Stream<Path> programs = Files.list(PROGRAMS)) {
            return programs.map(Path::toString)
                    .filter(program -> program.matches(".*/php-fpm[0-9.]*"))
                    .findFirst()
                    .orElseGet(() -> {
                        Needs.missing("This test needs PHP-FPM: apt-get install php-fpm.");
                        return "";
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.reversed().forEach(process -> {
            process.destroy();
            process.onExit().join();
        });
    }
}
