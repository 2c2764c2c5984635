package bailiff.shield;

import bailiff.net.IpAddress;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers nginx' {@code auth_request}: 204 when the request may go on, 403 with {@code Retry-After} when not. The address
 * stands in the header {@value #ADDRESS}, the site's name in {@value #SITE}. A question that is not understood is
 * answered 204 as well, and counted: nginx makes an error page of every other status. Safe for any thread.
 */
public final class ShieldHttp implements Closeable {

    /** The header with the visitor's address. */
    public static final String ADDRESS = "X-Bailiff-IP";

    /** The header with the site's name; need not be there. */
    public static final String SITE = "X-Bailiff-Site";

    /** Connections at once; nginx keeps some for each of its workers. */
    static final int MOST_CONNECTIONS = 256;

    private static final int LONGEST_SITE = 100;
    private static final int GO_ON = 204;
    private static final int REFUSED = 403;
    private static final int NO_BODY = -1;

    /* The server of the JDK has no bounds but those it is told so, in seconds where it is about time, before its start. */
    private static final Map<String, String> BOUNDS = Map.of(
            "jdk.httpserver.maxConnections", String.valueOf(MOST_CONNECTIONS),
            "sun.net.httpserver.maxReqTime", "2",
            "sun.net.httpserver.maxRspTime", "2",
            "sun.net.httpserver.maxReqHeaders", "40",
            "sun.net.httpserver.maxReqHeaderSize", "16384",
            "sun.net.httpserver.idleInterval", "60",
            "sun.net.httpserver.nodelay", "true");

    private final Shield shield;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ShieldHttp(InetSocketAddress address, Shield shield) throws IOException {
        this.shield = shield;
        BOUNDS.forEach(System::setProperty);
        this.server = HttpServer.create(address, MOST_CONNECTIONS);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /**
     * Answers at that address until closed.
     *
     * @throws IOException when somebody else has it, or it is none of this machine
     */
    public static ShieldHttp open(InetSocketAddress address, Shield shield) throws IOException {
        try {
            ShieldHttp opened = new ShieldHttp(address, shield);
            opened.server.start();
            return opened;
        } catch (IOException e) {
            throw new IOException("cannot answer at " + address + ": " + e.getMessage(), e);
        }
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Optional<Question> question = question(exchange);
            if (question.isEmpty()) {
                shield.misunderstood();
            } else if (shield.ask(question.get()) instanceof Answer.Refuse refusal && !refusal.observed()) {
                exchange.getResponseHeaders().set("Retry-After", String.valueOf(refusal.seconds()));
                exchange.sendResponseHeaders(REFUSED, NO_BODY);
                return;
            }
            exchange.sendResponseHeaders(GO_ON, NO_BODY);
        }
    }

    private static Optional<Question> question(HttpExchange exchange) {
        String address = exchange.getRequestHeaders().getFirst(ADDRESS);
        String site = exchange.getRequestHeaders().getFirst(SITE);
        if (address == null || (site != null && site.length() > LONGEST_SITE)) {
            return Optional.empty();
        }
        return IpAddress.parse(address).map(from -> Question.whether(from, site == null ? "" : site));
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
