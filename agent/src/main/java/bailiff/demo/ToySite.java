package bailiff.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * A web server that answers like a WordPress site with the classic traps: run as a process of its own, in the demo's
 * network namespace. Arguments: the log to write and the port. Ends with its standard input.
 */
final class ToySite {

    private ToySite() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        AuthLog log = new AuthLog(Path.of(arguments[0]));
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[1])), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/wp-login.php", exchange -> answer(exchange, Visit.Door.LOGIN, log));
        server.createContext("/xmlrpc.php", exchange -> answer(exchange, Visit.Door.PINGBACK, log));
        server.start();
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static void answer(HttpExchange exchange, Visit.Door door, AuthLog log) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(1_000), StandardCharsets.UTF_8);
            String[] form = body.split(" ", 2);
            boolean right = form.length == 2 && form[1].equals("right");
            String from = exchange.getRemoteAddress().getAddress().getHostAddress();
            log.write(new Visit(from, door, form[0], right));
            exchange.sendResponseHeaders(right ? 302 : 200, -1);
        }
    }
}
