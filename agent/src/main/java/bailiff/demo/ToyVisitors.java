package bailiff.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Makes requests from many addresses: run as a process of its own, in the demo's other network namespace. Arguments:
 * the site's address and port. Reads {@code NUMBER FROM PATH BODY} a line and writes {@code NUMBER OUTCOME}.
 */
final class ToyVisitors {

    private static final int PATIENCE_MILLIS = 1_000;
    private static final int STATUS_LENGTH = "HTTP/1.1 200".length();

    private ToyVisitors() {}

    /** Makes requests until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        InetSocketAddress site = new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 4);
            Thread.ofVirtual().start(() -> {
                Outcome outcome = outcome(site, words);
                synchronized (ToyVisitors.class) {
                    System.out.println(words[0] + " " + outcome);
                }
            });
        }
        Runtime.getRuntime().halt(0);
    }

    private static Outcome outcome(InetSocketAddress site, String[] words) {
        byte[] body = words[3].getBytes(StandardCharsets.UTF_8);
        String head = "POST " + words[2] + " HTTP/1.0\r\nHost: blog.example.test\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(words[1], 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(site, PATIENCE_MILLIS);
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readNBytes(STATUS_LENGTH), StandardCharsets.US_ASCII);
            if (answer.isEmpty()) {
                return Outcome.SILENT;
            }
            return answer.endsWith(" " + ToySite.REFUSED) ? Outcome.REFUSED : Outcome.ANSWERED;
        } catch (IOException e) {
            return Outcome.SILENT;
        }
    }
}
