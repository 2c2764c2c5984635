package bailiff.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Executors;

/**
 * The visitors' own program, run where they are: sends what it is told on standard input, each request from an address of
 * its own, and says on standard output what came back. It also has a page at each address, for pingbacks to link from.
 *
 * <p>It takes lines {@code NUMBER SOURCE HOST PORT REQUEST} and gives {@code NUMBER STATUS ANSWER}, requests and answers
 * byte by byte in Base64. It uses nothing but the JDK, and ends with its input.
 */
final class CrowdSender {

    /** No more of an answer is kept. */
    static final int LONGEST = 64 * 1024;

    /** A packet filter's silence; a busy server's kernel accepts connections all the same. */
    private static final Duration CONNECT = Duration.ofMillis(1_500);

    /** Longer than the eleven seconds that a pingback to a silent host takes. */
    private static final Duration READ = Duration.ofSeconds(40);

    private CrowdSender() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) throws IOException {
        HttpServer pages = HttpServer.create(new InetSocketAddress(Crowd.PAGES), 0);
        pages.createContext("/", CrowdSender::page);
        pages.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        pages.start();
        System.out.println("ready");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                Thread.ofVirtual().start(() -> send(words));
            }
        }
        System.exit(0);
    }

    /** A page that links to whatever stands behind {@code ?}, unless its name says what is wrong with it. */
    private static void page(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String link = String.valueOf(exchange.getRequestURI().getQuery());
        String title = path.startsWith("/untitled") ? "" : "<title>About " + path.substring(1) + "</title>";
        String text = path.startsWith("/unlinked") ? "nothing" : "see <a href=\"" + link + "\">this post</a> of theirs";
        byte[] html = ("<html><head>" + title + "</head><body><p>I wrote of " + text + ".</p></body></html>")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html");
        exchange.sendResponseHeaders(200, html.length);
        exchange.getResponseBody().write(html);
        exchange.close();
    }

    private static void send(String[] words) {
        String said;
        try (Socket socket = new Socket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(words[1], 0));
            socket.setSoTimeout((int) READ.toMillis());
            said = ask(
                    socket,
                    new InetSocketAddress(words[2], Integer.parseInt(words[3])),
                    Base64.getDecoder().decode(words[4]));
        } catch (IOException e) {
            said = Reply.CUT + " " + encoded(e.toString().getBytes(StandardCharsets.UTF_8));
        }
        synchronized (CrowdSender.class) {
            System.out.println(words[0] + " " + said);
        }
    }

    private static String ask(Socket socket, InetSocketAddress site, byte[] request) throws IOException {
        try {
            socket.connect(site, (int) CONNECT.toMillis());
        } catch (SocketTimeoutException e) {
            return Reply.DROPPED + " -";
        } catch (ConnectException e) {
            return Reply.REFUSED + " -";
        }
        socket.getOutputStream().write(request);
        byte[] answer = read(socket.getInputStream());
        return status(answer) + " " + encoded(answer);
    }

    /** What comes until the end, or until the connection is cut. */
    private static byte[] read(InputStream in) {
        byte[] kept = new byte[LONGEST];
        byte[] rest = new byte[8 * 1024];
        int length = 0;
        try {
            while (true) {
                int read = length < kept.length ? in.read(kept, length, kept.length - length) : in.read(rest);
                if (read < 0) {
                    break;
                }
                length = Math.min(kept.length, length + read);
            }
        } catch (IOException e) {
            // A ban closes connections. What came before counts.
        }
        return Arrays.copyOf(kept, length);
    }

    private static int status(byte[] answer) {
        String begin = new String(answer, 0, Math.min(answer.length, 12), StandardCharsets.ISO_8859_1);
        return begin.matches("HTTP/1\\.[01] \\d{3}") ? Integer.parseInt(begin.substring(9)) : Reply.CUT;
    }

    private static String encoded(byte[] bytes) {
        return bytes.length == 0 ? "-" : Base64.getEncoder().encodeToString(bytes);
    }
}
