package bailiff.shield;

import bailiff.line.Printable;
import bailiff.net.IpAddress;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers nginx' {@code auth_request}: 204 when the request may go on, 403 with {@code Retry-After} when not. The address
 * stands in the header {@value #ADDRESS}, the site's name in {@value #SITE}; what the attempt looks like in {@value
 * #DOOR} and those behind it. A question that is not understood is answered 204 as well, and counted: nginx makes an
 * error page of every other status. Safe for any thread.
 */
public final class ShieldHttp implements Closeable {

    /** The header with the visitor's address. */
    public static final String ADDRESS = "X-Bailiff-IP";

    /** The header with the site's name; need not be there. */
    public static final String SITE = "X-Bailiff-Site";

    /** The header with the script that the attempt reaches, without {@code .php}; need not be there. */
    public static final String DOOR = "X-Bailiff-Door";

    /** The header with the User-Agent, its beginning if it is long; not there where none was sent. */
    public static final String AGENT = "X-Bailiff-Agent";

    /** The header that says of the Referer: {@code none}, {@code door} or {@code elsewhere}. */
    public static final String REFERER = "X-Bailiff-Referer";

    /** The header with the protocol, as logs of access have it. */
    public static final String PROTOCOL = "X-Bailiff-Protocol";

    /** The header with the path as it was sent, its beginning if it is long. */
    public static final String PATH = "X-Bailiff-Path";

    /** Connections at once; nginx keeps some for each of its workers. */
    static final int MOST_CONNECTIONS = 256;

    private static final int LONGEST_SITE = 100;

    /* Of what a client chose so much is kept. */
    private static final int LONGEST_AGENT = 300;
    private static final int LONGEST_PATH = 100;
    private static final int LONGEST_PROTOCOL = 10;
    private static final int REHEARSAL_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.shield");
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

    /* A first answer takes Java a tenth of a second, for which nobody would wait. So the first one is given to nobody. */
    private volatile Shield shield = Shield.rehearsal();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private ShieldHttp(InetSocketAddress address) throws IOException {
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
            ShieldHttp opened = new ShieldHttp(address);
            opened.server.start();
            opened.rehearse();
            opened.shield = shield;
            return opened;
        } catch (IOException e) {
            throw new IOException("cannot answer at " + address + ": " + e.getMessage(), e);
        }
    }

    private void rehearse() {
        String question = "GET / HTTP/1.0\r\n" + ADDRESS + ": 192.0.2.1\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.connect(server.getAddress(), REHEARSAL_MILLIS);
            socket.setSoTimeout(REHEARSAL_MILLIS);
            socket.getOutputStream().write(question.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            LOG.debug("The shield did not answer its own question: {}.", e.getMessage());
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
        Headers headers = exchange.getRequestHeaders();
        String address = headers.getFirst(ADDRESS);
        String site = told(headers, SITE, LONGEST_SITE + 1);
        if (address == null || site.length() > LONGEST_SITE) {
            return Optional.empty();
        }
        Optional<Question.Door> door = switch (told(headers, DOOR, LONGEST_SITE)) {
            case "wp-login" -> Optional.of(Question.Door.LOGIN);
            case "xmlrpc" -> Optional.of(Question.Door.XMLRPC);
            default -> Optional.empty();
        };
        return IpAddress.parse(address)
                .map(from -> door.map(one -> Question.attempt(from, site, one, head(headers)))
                        .orElseGet(() -> Question.whether(from, site)));
    }

    /** nginx passes no header on that is empty: so a User-Agent that is not there was not sent. */
    private static Head head(Headers headers) {
        return new Head(
                Optional.of(told(headers, AGENT, LONGEST_AGENT)),
                Question.Referer.named(told(headers, REFERER, LONGEST_AGENT)).orElse(Question.Referer.UNTOLD),
                told(headers, PROTOCOL, LONGEST_PROTOCOL),
                Head.spelling(told(headers, PATH, LONGEST_PATH)));
    }

    /** The beginning of that header, of UTF-8; empty where it is not there. */
    private static String told(Headers headers, String name, int longest) {
        String value = headers.getFirst(name);
        if (value == null) {
            return "";
        }
        // The server takes each byte for a letter.
        String cut = value.length() <= longest ? value : value.substring(0, longest);
        return Printable.text(new String(cut.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8), longest);
    }

    /** Answers nobody any more. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
