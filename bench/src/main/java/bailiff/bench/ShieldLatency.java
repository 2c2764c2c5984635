package bailiff.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

/**
 * How long the shield takes to answer clients that connect anew for each question, as PHP does: one and eight at once,
 * while nothing else happens and while the guard reads a flood. To be run in a network namespace of its own; the script
 * {@code bench/shield} sees to that.
 */
final class ShieldLatency {

    private static final int CLIENTS = 8;

    /* Lines that the flood writes between two of its pauses, of a millisecond each: some 50,000 a second. */
    private static final int BLOCKS = 1;
    private static final long PAUSE_NANOS = 2_000_000;

    private static final String LOOK = " proto=HTTP/1.1 referer=none agent=Mozilla/5.0%20%28X11%3B%20Linux%20x86_64%3B"
            + "%20rv%3A140.0%29%20Gecko/20100101%20Firefox/140.0\n";

    private final Path socket;
    private final int questions;

    private ShieldLatency(Path socket, int questions) {
        this.socket = socket;
        this.questions = questions;
    }

    /** Arguments: the launcher, an empty directory, bans, questions of each measurement. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        Path launcher = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        int bans = Integer.parseInt(arguments[2]);
        int questions = Integer.parseInt(arguments[3]);
        try (BailiffProcess guard = BailiffProcess.start(launcher, directory, 1);
                Flood flood = new Flood(guard.logs().getFirst(), Math.max(1, bans))) {
            Path socket = BailiffProcess.run(directory).resolve("shield.sock");
            // It is opened a moment after the one that a starting guard is known by.
            for (int look = 0; look < 200 && !Files.exists(socket); look++) {
                Thread.sleep(50);
            }
            ShieldLatency shield = new ShieldLatency(socket, questions);
            Latencies first = shield.ask(1);
            ban(flood, bans);
            shield.awaitBans(bans);
            System.out.println(Programs.load());
            System.out.println(Latencies.heading().replace("  bans", " asked"));
            System.out.println(first.row("1 client, guard just started"));
            System.out.println(shield.ask(1).row("1 client, " + bans + " bans"));
            System.out.println(shield.ask(CLIENTS).row(CLIENTS + " clients, " + bans + " bans"));
            Thread attack = Thread.ofPlatform().daemon().start(() -> attack(flood));
            System.out.println(shield.ask(1).row("1 client, in a flood"));
            System.out.println(shield.ask(CLIENTS).row(CLIENTS + " clients, in a flood"));
            attack.interrupt();
            attack.join();
        }
    }

    /** Three failures of each address. */
    private static void ban(Flood flood, int bans) throws IOException {
        for (int round = 0; round < 3; round++) {
            for (int address = 0; address < bans; address += Flood.AT_ONCE) {
                flood.write(address);
            }
        }
    }

    private static void attack(Flood flood) {
        try {
            while (!Thread.interrupted()) {
                for (int block = 0; block < BLOCKS; block++) {
                    flood.write();
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            System.out.println("The flood ended: " + e.getMessage());
        }
    }

    /** Waits until the last address of the flood is refused. */
    private void awaitBans(int bans) throws IOException, InterruptedException {
        int last = bans - 1;
        String address = "10." + (last >> 16 & 0xff) + "." + (last >> 8 & 0xff) + "." + (last & 0xff);
        for (int look = 0; bans > 0 && !ask("ask ip=" + address + "\n").startsWith("refuse"); look++) {
            if (look > 1_200) {
                throw new IOException("the guard did not ban " + address + " within two minutes");
            }
            Thread.sleep(100);
        }
        // The firewall is still being told.
        Thread.sleep(2_000);
    }

    private Latencies ask(int clients) throws ExecutionException, InterruptedException {
        Latencies all = new Latencies();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<long[]>> asked = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int seed = client;
                asked.add(threads.submit(() -> ask(new Random(seed), questions / clients)));
            }
            for (Future<long[]> one : asked) {
                for (long nanos : one.get()) {
                    all.add(nanos);
                }
            }
        }
        return all;
    }

    private long[] ask(Random random, int times) throws IOException {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            int number = random.nextInt(1 << 18);
            String question = "ask ip=10." + (number >> 16) + "." + (number >> 8 & 0xff) + "." + (number & 0xff)
                    + " door=xmlrpc site=blog.example.test user=admin known=1 key="
                    + String.format("%04x", number & 0xffff) + LOOK;
            long begun = System.nanoTime();
            ask(question);
            nanos[i] = System.nanoTime() - begun;
            // A site's logins are not a race.
            LockSupport.parkNanos(500_000);
        }
        return nanos;
    }

    private String ask(String question) throws IOException {
        try (SocketChannel connection = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            connection.connect(UnixDomainSocketAddress.of(socket));
            connection.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(100);
            connection.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        }
    }
}
