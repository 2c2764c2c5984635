package bailiff.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A web server that answers like a WordPress site with our plugin: run as a process of its own, in the demo's
 * network namespace. Arguments: the log to write, the guard's socket and the port. Ends with its standard input.
 */
final class ToySite {

    /** Too many requests. */
    static final int REFUSED = 429;

    private ToySite() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        ToyPlugin plugin = new ToyPlugin(new AuthLog(Path.of(arguments[0])), Path.of(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(arguments[2])), 64);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/wp-login.php", exchange -> answer(exchange, Visit.Door.LOGIN, plugin));
        server.createContext("/xmlrpc.php", exchange -> answer(exchange, Visit.Door.PINGBACK, plugin));
        server.start();
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        Runtime.getRuntime().halt(0);
    }

    private static void answer(HttpExchange exchange, Visit.Door door, ToyPlugin plugin) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readNBytes(1_000), StandardCharsets.UTF_8);
            List<String> words = List.of(body.split(" "));
            boolean right = words.contains("right");
            String from = exchange.getRemoteAddress().getAddress().getHostAddress();
            Outcome outcome = plugin.receive(new Visit(from, door, words.getFirst(), right, words.contains("form")));
            exchange.sendResponseHeaders(outcome == Outcome.REFUSED ? REFUSED : right ? 302 : 200, -1);
        }
    }
}
