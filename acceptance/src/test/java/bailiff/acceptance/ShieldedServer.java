package bailiff.acceptance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * nginx or Apache as {@code docs/shield.md} sets them up, behind a proxy that tells them who comes: a firewall sees only
 * the proxy. What they serve are plain files.
 */
final class ShieldedServer implements AutoCloseable {

    private static final String NGINX = """
            worker_processes 1;
            user root;
            daemon off;
            pid HERE/nginx.pid;
            error_log HERE/nginx.log;
            events { worker_connections 256; }
            http {
                access_log off;
                client_body_temp_path HERE/body;
                proxy_temp_path HERE/proxy;
                fastcgi_temp_path HERE/fastcgi;
                uwsgi_temp_path HERE/uwsgi;
                scgi_temp_path HERE/scgi;
                server {
                    listen 80;
                    root HERE/www;
                    set_real_ip_from PROXY;
                    real_ip_header X-Forwarded-For;
                    location / { }
                    location ~ \\.php {
                        IN-PHP
                        try_files /page =404;
                    }
                    BESIDE
                }
            }
            """;

    private static final String APACHE = """
            ServerRoot HERE
            ServerName blog.example.test
            PidFile HERE/apache.pid
            ErrorLog HERE/error.log
            Listen 80
            User nobody
            Group nogroup
            LoadModule mpm_prefork_module MODULES/mod_mpm_prefork.so
            LoadModule authz_core_module MODULES/mod_authz_core.so
            LoadModule rewrite_module MODULES/mod_rewrite.so
            LoadModule remoteip_module MODULES/mod_remoteip.so
            StartServers 2
            DocumentRoot HERE/www
            RemoteIPHeader X-Forwarded-For
            RemoteIPTrustedProxy PROXY
            <VirtualHost *:80>
            RULES
            </VirtualHost>
            """;

    private final Folder folder = Folder.make();
    private final Network network;
    private final Process process;

    private ShieldedServer(Network network, String configuration, List<String> command) {
        this.network = network;
        folder.write(
                "conf", configuration.replace("HERE", folder.path().toString()).replace("PROXY", Network.GATEWAY));
        for (String name : List.of("page", "style.css", "wp-login.php", "xmlrpc.php")) {
            folder.write("www/" + name, "Welcome.\n");
        }
        List<String> all = new ArrayList<>(network.atSite());
        all.addAll(command.stream()
                .map(word -> word.replace("HERE", folder.path().toString()))
                .toList());
        process = Programs.start(all, Map.of(), folder.path().resolve("said"));
    }

    /** nginx, which asks the shield by HTTP. */
    static ShieldedServer nginx(Network network) {
        Needs.program("nginx", "nginx");
        List<String> blocks = Docs.blocks("shield.md", "nginx");
        String configuration = NGINX.replace("IN-PHP", blocks.get(0)).replace("BESIDE", blocks.get(1));
        return start(network, configuration, List.of("nginx", "-c", "HERE/conf", "-e", "HERE/nginx.log"));
    }

    /** The same with an access log, whose path, as the guard has it, is the site's name; attempts are answered as by WordPress. */
    static ShieldedServer nginx(Network network, Path log, String site) {
        Needs.program("nginx", "nginx");
        List<String> blocks = Docs.blocks("shield.md", "nginx");
        String configuration = NGINX.replace("IN-PHP", blocks.get(0) + "error_page 405 =200 /page;")
                .replace("BESIDE", blocks.get(1).replace("$server_name", site))
                .replace("access_log off", "access_log " + log + " combined");
        return start(network, configuration, List.of("nginx", "-c", "HERE/conf", "-e", "HERE/nginx.log"));
    }

    /** The same with an access log. */
    static ShieldedServer apache(Network network, Path denymap, Path log) {
        String format = "LogFormat \"%a %l %u %t \\\"%r\\\" %>s %b \\\"%{Referer}i\\\" \\\"%{User-Agent}i\\\"\" told\n";
        return apache(network, denymap, format + "CustomLog " + log + " told\n");
    }

    /** Apache, which reads the deny map. */
    static ShieldedServer apache(Network network, Path denymap) {
        return apache(network, denymap, "");
    }

    private static ShieldedServer apache(Network network, Path denymap, String log) {
        Needs.program("apache2", "apache2");
        String rules = log + Docs.blocks("shield.md", "apache").getFirst();
        String configuration = APACHE.replace("RULES", rules.replace("/var/cache/bailiff/deny.map", denymap.toString()))
                .replace("MODULES", "/usr/lib/apache2/modules");
        // In a group of its own, since Apache ends its whole group.
        return start(network, configuration, List.of("setsid", "apache2", "-DFOREGROUND", "-f", "HERE/conf"));
    }

    private static ShieldedServer start(Network network, String configuration, List<String> command) {
        ShieldedServer server = new ShieldedServer(network, configuration, command);
        Await.until(() -> server.get("203.0.113.1", "/page").equals("200"), server::said);
        return server;
    }

    /** The status of a page that the visitor asks for, with more options for curl. */
    String get(String visitor, String path, String... options) {
        return ask(visitor, path, options);
    }

    /** The status of an attempt that the visitor makes, with more options for curl. */
    String post(String visitor, String path, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--data", "log=admin&pwd=guess"));
        return ask(visitor, path, all.toArray(String[]::new));
    }

    private String ask(String visitor, String path, String... more) {
        List<String> arguments = new ArrayList<>(List.of(more));
        arguments.addAll(List.of(
                "--path-as-is",
                "-H",
                "X-Forwarded-For: " + visitor,
                "-o",
                "/dev/null",
                "-w",
                "%{http_code}",
                Network.url(Network.GATEWAY, 80, path)));
        return network.curl(Network.GATEWAY, arguments.toArray(String[]::new)).out();
    }

    /** What the server has said. */
    String said() {
        return Programs.run("sh", "-c", "cat " + folder.path() + "/said " + folder.path() + "/*.log")
                .out();
    }

    @Override
    public void close() {
        process.destroy();
        folder.close();
    }
}
