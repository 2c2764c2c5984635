package bailiff.line;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An installed web server that logs what it is asked for, in the form combined, and behind it the path that it took it for. */
final class LoggingServer implements AutoCloseable {

    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    /** Another copy than the installed one may be named in the environment. */
    private static final Path APACHE = Path.of(System.getenv().getOrDefault("APACHE2", "/usr/sbin/apache2"));

    private static final int MOST_TRIES = 500;

    private final Process process;
    private final Path log;
    private final int port;

    private LoggingServer(Path folder, int port, List<String> command) throws IOException {
        this.log = folder.resolve("access.log");
        this.port = port;
        this.process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
    }

    static LoggingServer nginx(Path folder) throws IOException, InterruptedException {
        needs(NGINX);
        int port = freePort();
        Files.writeString(folder.resolve("server.conf"), """
                daemon off;
                master_process off;
                pid nginx.pid;
                error_log error.log;
                events {}
                http {
                    log_format told '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent'
                        ' "$http_referer" "$http_user_agent" "$uri"';
                    access_log access.log told;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    server {
                        listen 127.0.0.1:%d;
                        location / { return 404; }
                    }
                }
                """.formatted(port));
        return new LoggingServer(
                        folder,
                        port,
                        List.of(
                                NGINX.toString(),
                                "-p",
                                folder.toString(),
                                "-e",
                                folder.resolve("error.log").toString(),
                                "-c",
                                folder.resolve("server.conf").toString()))
                .ready();
    }

    static LoggingServer apache(Path folder) throws IOException, InterruptedException {
        needs(APACHE);
        int port = freePort();
        Path modules = APACHE.resolveSibling("../lib/apache2/modules").normalize();
        Files.writeString(folder.resolve("server.conf"), """
                ServerRoot "%1$s"
                DefaultRuntimeDir "%1$s"
                PidFile pid
                ErrorLog error.log
                ServerName test
                Listen 127.0.0.1:%2$d
                LoadModule mpm_prefork_module "%3$s/mod_mpm_prefork.so"
                LoadModule authz_core_module "%3$s/mod_authz_core.so"
                StartServers 1
                User nobody
                Group nogroup
                DocumentRoot "%1$s"
                LogFormat "%%h %%l %%u %%t \\"%%r\\" %%>s %%b \\"%%{Referer}i\\" \\"%%{User-Agent}i\\" \\"%%U\\"" told
                CustomLog access.log told
                """.formatted(folder, port, modules));
        return new LoggingServer(
                        folder,
                        port,
                        List.of(
                                APACHE.toString(),
                                "-X",
                                "-f",
                                folder.resolve("server.conf").toString()))
                .ready();
    }

    private static void needs(Path program) {
        if (!Files.isExecutable(program)) {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(program + " is not installed");
            }
            abort(program + " is not installed, so paths are not compared with those that it takes");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private LoggingServer ready() throws IOException, InterruptedException {
        for (int i = 0; i < MOST_TRIES; i++) {
            try {
                connect().close();
                return this;
            } catch (ConnectException e) {
                Thread.sleep(20);
            }
        }
        close();
        throw new IOException("the server does not start: " + Files.readString(log.resolveSibling("output")));
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    /** Asks for each target, one connection each; gives the log's lines, as many, in this order. */
    List<String> ask(List<String> targets) throws IOException, InterruptedException {
        for (String target : targets) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + target + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            try (Socket socket = connect();
                    OutputStream out = socket.getOutputStream()) {
                request.writeTo(out);
                out.flush();
                socket.getInputStream().readAllBytes();
            }
        }
        List<String> lines = lines();
        for (int i = 0; i < MOST_TRIES && lines.size() < targets.size(); i++) {
            Thread.sleep(20);
            lines = lines();
        }
        return lines;
    }

    private List<String> lines() throws IOException {
        String text = Files.readString(log);
        return text.isEmpty() ? List.of() : new ArrayList<>(List.of(text.split("\n", -1)));
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
