package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** nginx in the place of a WordPress site: a wrong password at its form goes to the auth log, in WordPress' words. */
final class WebServer implements AutoCloseable {

    private static final String CONFIGURATION = """
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
                map $request_method $failed { POST 1; default 0; }
                log_format syslog escape=none
                    '$time_iso8601 vm wordpress($host)[$pid]: Authentication failure for $arg_log from $remote_addr';
                server {
                    listen 22; listen 80; listen 443; listen 8080;
                    listen [::]:22; listen [::]:80; listen [::]:443; listen [::]:8080;
                    location = /wp-login.php {
                        access_log LOG syslog if=$failed;
                        return 200 "Who are you?\\n";
                    }
                    location = /film { root HERE/www; limit_rate 20k; }
                    location / { return 200 "Welcome.\\n"; }
                }
            }
            """;

    private final Folder folder = Folder.make();
    private final Process process;

    private WebServer(Network network, AuthLog log) {
        String here = folder.path().toString();
        String configuration =
                CONFIGURATION.replace("HERE", here).replace("LOG", log.file().toString());
        String file = folder.write("nginx.conf", configuration).toString();
        folder.write("www/film", "Once upon a time. ".repeat(100_000));
        List<String> command = new ArrayList<>(network.atSite());
        command.addAll(List.of("nginx", "-c", file, "-e", here + "/nginx.log"));
        process = Programs.start(command, Map.of(), folder.path().resolve("said"));
    }

    /** Starts the site's server, which writes to that log; it answers when this returns. */
    static WebServer start(Network network, AuthLog log) {
        Needs.program("nginx", "nginx-light");
        Needs.program("curl", "curl");
        WebServer server = new WebServer(network, log);
        String neighbour = Network.GATEWAY;
        Await.until(
                () -> network.curl(neighbour, Network.url(neighbour, 80, "/")).exit() == 0,
                () -> "no answer from nginx");
        return server;
    }

    @Override
    public void close() {
        process.destroy();
        folder.close();
    }
}
