package bailiff.enforce;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client or server in another network namespace: this class again, as a program of its own. */
final class Peer implements Closeable {

    private static final int PATIENCE_MILLIS = 5_000;
    private static final int SHORT_MILLIS = 300;

    private static volatile boolean flooding = true;
    private static volatile long sent;

    private final Process process;
    private final BufferedReader answers;

    private Peer(CommandRunner runner, String... arguments) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        String classes =
                Peer.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        List<String> command = new ArrayList<>(
                List.of(java.toString(), "-XX:TieredStopAtLevel=1", "-cp", classes, Peer.class.getName()));
        command.addAll(List.of(arguments));
        process = runner.start(command);
        answers = process.inputReader(StandardCharsets.UTF_8);
        if (!"ready".equals(answers.readLine())) {
            throw new IOException("the peer did not start");
        }
    }

    /** An echo server at these ports, on every address. */
    static Peer server(CommandRunner runner, int... ports) throws IOException {
        String[] arguments = new String[ports.length];
        for (int i = 0; i < ports.length; i++) {
            arguments[i] = Integer.toString(ports[i]);
        }
        return new Peer(runner, arguments);
    }

    static Peer client(CommandRunner runner) throws IOException {
        return new Peer(runner);
    }

    /** Opens a connection and says something: {@code answered}, or {@code silent} when nothing comes back. */
    String knock(String source, String server, int port) throws IOException {
        return ask("knock " + source + " " + server + " " + port);
    }

    /** Like {@link #knock}, but gives up soon: for when no answer is expected. */
    String knockBriefly(String source, String server, int port) throws IOException {
        return ask("brief " + source + " " + server + " " + port);
    }

    /** Like {@link #knock}, and keeps the connection. */
    String hold(String source, String server, int port) throws IOException {
        return ask("hold " + source + " " + server + " " + port);
    }

    /** Says something on the held connection: {@code answered}, {@code silent}, or {@code cut} when it was reset. */
    String speak(String source) throws IOException {
        return ask("speak " + source + " - 0");
    }

    /** Sends datagrams without a pause, until {@link #calm}. */
    void flood(String source, String server, int port) throws IOException {
        ask("flood " + source + " " + server + " " + port);
    }

    /** Ends the flood: how many datagrams were sent. */
    long calm() throws IOException {
        return Long.parseLong(ask("calm - - 0"));
    }

    private String ask(String command) throws IOException {
        OutputStream to = process.getOutputStream();
        to.write((command + "\n").getBytes(StandardCharsets.UTF_8));
        to.flush();
        return answers.readLine();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    public static void main(String[] ports) throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (String port : ports) {
            ServerSocket server = new ServerSocket(Integer.parseInt(port), 200);
            Thread.ofVirtual().start(() -> serve(server));
        }
        out.println("ready");
        Map<String, Socket> held = new HashMap<>();
        var commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            out.println(obey(line.split(" "), held));
        }
    }

    private static String obey(String[] words, Map<String, Socket> held) {
        String source = words[1];
        if (words[0].equals("flood")) {
            flooding = true;
            Thread.ofPlatform().daemon().start(() -> flood(words));
            return "flooding";
        } else if (words[0].equals("calm")) {
            flooding = false;
            return Long.toString(sent);
        }
        int patience = words[0].equals("brief") ? SHORT_MILLIS : PATIENCE_MILLIS;
        Socket socket = words[0].equals("speak") ? held.getOrDefault(source, new Socket()) : new Socket();
        try {
            if (!socket.isConnected()) {
                socket.bind(new InetSocketAddress(InetAddress.getByName(source), 0));
                socket.connect(new InetSocketAddress(words[2], Integer.parseInt(words[3])), patience);
                socket.setSoTimeout(SHORT_MILLIS + patience / 5);
            }
            socket.getOutputStream().write('x');
            String heard = socket.getInputStream().read() == 'x' ? "answered" : "cut";
            if (words[0].equals("hold")) {
                held.put(source, socket);
            } else if (!words[0].equals("speak")) {
                socket.close();
            }
            return heard;
        } catch (SocketTimeoutException e) {
            return "silent";
        } catch (IOException e) {
            return "cut";
        }
    }

    private static void flood(String[] words) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(words[1], 0))) {
            var target = new InetSocketAddress(words[2], Integer.parseInt(words[3]));
            for (long count = 1; flooding; count++) {
                socket.send(new DatagramPacket(new byte[8], 8, target));
                sent = count;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket server) {
        try {
            while (true) {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The client has gone, or was sent away: that is what the test is about.
            return;
        }
    }
}
