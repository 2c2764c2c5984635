package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import bailiff.source.SourceState.Condition;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListeningFollowerTest {

    private static final String STAMP = "Nov 20 12:00:00 vps wordpress(x)[1]: ";

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final ChangeWatcher watcher = ChangeWatcher.start(Duration.ofSeconds(15));
    private final Semaphore woken = new Semaphore(0);
    private final List<ListeningFollower> followers = new ArrayList<>();
    private SyslogSockets sockets = new SyslogSockets(Path.of("/nowhere"));
    private SyslogAddress.Unix unix = new SyslogAddress.Unix(Path.of("/nowhere"));

    @BeforeEach
    void lay() throws IOException {
        Path run = Files.createDirectory(
                directory.resolve("run"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        sockets = new SyslogSockets(run);
        unix = new SyslogAddress.Unix(run.resolve("trap.sock"));
    }

    @AfterEach
    void close() {
        followers.forEach(ListeningFollower::close);
        sockets.close();
        watcher.close();
    }

    private ListeningFollower listen(String jail, SyslogAddress... at) {
        LogFollower none = new LogFollower(List.of(), Map.of(), clock);
        ListeningFollower follower = new ListeningFollower(none, sockets, jail, List.of(at), clock);
        follower.wakeBy(watcher, woken::release);
        followers.add(follower);
        return follower;
    }

    private void send(String... messages) {
        try (UnixSender sender = new UnixSender(unix.path())) {
            for (String message : messages) {
                assertThat(sender.send(message)).isTrue();
            }
        }
    }

    /** Reads whenever it is woken until so many lines have come. */
    private Received readUntil(ListeningFollower follower, int lines) throws InterruptedException {
        Received received = new Received();
        follower.read(1 << 20, received);
        while (received.entries().size() < lines) {
            assertThat(woken.tryAcquire(20, TimeUnit.SECONDS))
                    .as("woken, with %s", received.texts())
                    .isTrue();
            follower.read(1 << 20, received);
        }
        return received;
    }

    private static InetSocketAddress freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort());
        }
    }

    @Test
    void read_datagramOfAnyUser_wakesAndIsALineOfTheSocket() throws Exception {
        ListeningFollower follower = listen("wordpress", unix);

        send("<85>" + STAMP + "one\n");

        assertThat(readUntil(follower, 1).entries())
                .containsExactly(new Received.Entry(Path.of("unix:" + unix.path()), STAMP + "one", true, true));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(unix.path())))
                .isEqualTo("rw-rw-rw-");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(unix.path().resolveSibling(""))))
                .as("others may go through, and not look around")
                .isEqualTo("rwx--x--x");
    }

    @Test
    void read_lineWithoutTime_hasThatOfItsReading() throws Exception {
        ListeningFollower follower = listen("wordpress", unix);
        send("<85>wordpress(x)[1]: undated", "<85>" + STAMP + "dated");
        readUntilBothCame(follower);

        List<Optional<Instant>> times = new ArrayList<>();
        follower.read(1 << 20, (file, line, live, whole) -> times.add(line.time()));

        assertThat(times).containsExactly(Optional.of(clock.instant()), Optional.empty());
    }

    private void readUntilBothCame(ListeningFollower follower) throws InterruptedException {
        assertThat(woken.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(follower.states())
                .singleElement()
                .satisfies(state -> assertThat(state.behind()).isPositive());
    }

    @Test
    void read_tooLongDatagram_isHandedOverCut() throws Exception {
        ListeningFollower follower = listen("wordpress", unix);

        send("<85>" + STAMP + "x".repeat(20_000));

        Received.Entry entry = readUntil(follower, 1).entries().getFirst();
        assertThat(entry.whole()).isFalse();
        assertThat(entry.text()).hasSize(LogFollower.LONGEST_LINE);
        assertThat(follower.states().getFirst().tally().overlong()).isOne();
    }

    @Test
    void read_udpAndTcp_giveTheSameLines() throws Exception {
        InetSocketAddress udp = freePort();
        InetSocketAddress tcp = freePort();
        ListeningFollower follower = listen("wordpress", new SyslogAddress.Udp(udp), new SyslogAddress.Tcp(tcp));

        byte[] bytes = ("<85>" + STAMP + "by udp").getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(bytes, bytes.length, udp));
        }
        try (Socket sender = new Socket(tcp.getAddress(), tcp.getPort())) {
            sender.getOutputStream().write(("<85>" + STAMP + "by tcp\n").getBytes(StandardCharsets.UTF_8));
            assertThat(readUntil(follower, 2).texts()).containsExactlyInAnyOrder(STAMP + "by udp", STAMP + "by tcp");
        }
        assertThat(follower.states())
                .extracting(state -> state.path().toString())
                .containsExactly("udp:127.0.0.1:" + udp.getPort(), "tcp:127.0.0.1:" + tcp.getPort());
    }

    @Test
    void tcp_moreSendersThanThereIsRoomFor_theSilentOneGoes() throws Exception {
        InetSocketAddress tcp = freePort();
        ListeningFollower follower = listen("wordpress", new SyslogAddress.Tcp(tcp));
        List<Socket> senders = new ArrayList<>();
        try {
            for (int i = 0; i <= TcpInlet.MOST_SENDERS; i++) {
                Socket sender = new Socket(tcp.getAddress(), tcp.getPort());
                senders.add(sender);
                sender.getOutputStream().write((STAMP + i + "\n").getBytes(StandardCharsets.UTF_8));
                readUntil(follower, 1);
            }
            senders.getFirst().setSoTimeout(20_000);
            assertThat(senders.getFirst().getInputStream().read()).as("the end").isEqualTo(-1);
        } finally {
            for (Socket sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    void read_twoJailsAtOneAddress_bothGetEachLine() throws Exception {
        ListeningFollower one = listen("one", unix);
        ListeningFollower other = listen("other", unix);

        send("<85>" + STAMP + "text");

        assertThat(readUntil(one, 1).texts()).containsExactly(STAMP + "text");
        assertThat(readUntil(other, 1).texts()).containsExactly(STAMP + "text");
    }

    @Test
    void read_jailBegunAnew_getsWhatCameMeanwhile() throws Exception {
        listen("wordpress", unix).close();
        send("<85>" + STAMP + "meanwhile");

        ListeningFollower anew = listen("wordpress", unix);
        sockets.sweep();
        send("<85>" + STAMP + "afterwards");

        assertThat(readUntil(anew, 2).texts()).containsExactly(STAMP + "meanwhile", STAMP + "afterwards");
    }

    @Test
    void sweep_nobodyListensAnyMore_removesTheSocket() {
        ListeningFollower one = listen("one", unix);
        ListeningFollower other = listen("other", unix);

        one.close();
        sockets.sweep();
        assertThat(unix.path()).exists();
        other.close();
        sockets.sweep();

        assertThat(unix.path()).doesNotExist();
    }

    @Test
    void listen_socketOfADeadProgram_isReplaced() throws Exception {
        UnixDatagramSocket.bind(unix.path(), 1).close();
        assertThat(unix.path()).exists();

        ListeningFollower follower = listen("wordpress", unix);
        send("<85>" + STAMP + "text");

        assertThat(readUntil(follower, 1).texts()).containsExactly(STAMP + "text");
    }

    @Test
    void listen_socketOfALivingProgram_isLeftAloneAndTakenOnceItIsFree() throws Exception {
        ListeningFollower follower;
        try (UnixDatagramSocket living = UnixDatagramSocket.bind(unix.path(), 100)) {
            follower = listen("wordpress", unix);
            assertThat(follower.states()).singleElement().satisfies(state -> {
                assertThat(state.condition()).isEqualTo(Condition.UNREADABLE);
                assertThat(state.reason())
                        .isEqualTo("It cannot be opened: another program receives at " + unix.path() + ".");
            });
            send("theirs");
            assertThat(living.receive(new byte[100])).isEqualTo("theirs".length());
        }
        assertThat(follower.rest()).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
        clock.advance(Duration.ofSeconds(11));
        follower.read(1 << 20, new Received());

        assertThat(follower.states().getFirst().condition()).isEqualTo(Condition.FOLLOWED);
    }

    @Test
    void listen_fileOfThatName_isLeftAlone() throws Exception {
        Files.writeString(unix.path(), "precious");

        ListeningFollower follower = listen("wordpress", unix);

        assertThat(follower.states().getFirst().reason()).contains("is no socket, and is left alone");
        follower.close();
        sockets.close();
        assertThat(unix.path()).hasContent("precious");
    }

    @Test
    void close_nameThatAnotherHasTaken_isLeftToIt() throws Exception {
        listen("wordpress", unix);
        Files.delete(unix.path());
        Files.writeString(unix.path(), "another's");

        sockets.close();

        assertThat(unix.path()).hasContent("another's");
    }

    /** What does not fit stays with the sender, who hears of it: PHP then takes the next way. */
    @Test
    void read_floodWhileTheJailIsBusy_isBoundedAndLosesNothingThatWasTaken() throws Exception {
        ListeningFollower follower = listen("wordpress", unix);
        String text = "<85>" + STAMP + "x".repeat(2_000);
        int sent = 0;
        try (UnixSender sender = new UnixSender(unix.path())) {
            long full = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (follower.states().getFirst().behind() < Mailbox.ROOM - 4_000 && System.nanoTime() < full) {
                sent += sender.send(text) ? 1 : 0;
            }
            int accepted = IntStream.range(0, 5_000)
                    .map(_ -> sender.send(text) ? 1 : 0)
                    .sum();
            sent += accepted;
            assertThat(accepted).as("what the kernel holds").isLessThan(2_000);
        }
        assertThat(follower.states().getFirst().behind()).isLessThanOrEqualTo(Mailbox.ROOM);

        assertThat(readUntil(follower, sent).entries()).hasSize(sent);
        assertThat(follower.states().getFirst().reason()).isEmpty();
    }

    @Test
    void read_socketWhoseFileWasRemoved_isOpenedAgainForAll() throws Exception {
        ListeningFollower one = listen("wordpress", unix);
        ListeningFollower other = listen("other", unix);
        send("<85>" + STAMP + "before");
        readUntil(other, 1);
        Files.delete(unix.path());

        clock.advance(Duration.ofMinutes(1));
        readUntil(one, 1);
        send("<85>" + STAMP + "behind");

        assertThat(readUntil(one, 1).texts()).containsExactly(STAMP + "behind");
        assertThat(readUntil(other, 1).texts()).containsExactly(STAMP + "behind");
    }

    @Test
    void listen_directoryOthersMayWriteTo_isRefused() throws Exception {
        Files.setPosixFilePermissions(unix.path().resolveSibling(""), PosixFilePermissions.fromString("rwxrwxrwx"));

        ListeningFollower follower = listen("wordpress", unix);

        assertThat(follower.states().getFirst().reason()).contains("others than root may replace files in ");
        assertThat(unix.path()).doesNotExist();
    }

    @Test
    void states_jailThatTakesNothing_losesLinesAndSaysSo() throws Exception {
        Mailbox mailbox = new Mailbox("idle", unix);
        SyslogMessage message = new SyslogMessage(LogLine.of("x".repeat(8_000)), true, true);
        while (mailbox.bytes() < Mailbox.ROOM - 8_100) {
            mailbox.put(message);
        }
        Thread.currentThread().interrupt();
        try {
            mailbox.put(message);
        } catch (InterruptedException e) {
            // It waited for room, as it should.
        }
        assertThat(mailbox.dropped()).isZero();
        mailbox.put(message);
        mailbox.put(message);
        assertThat(mailbox.dropped()).isEqualTo(2);
        assertThat(mailbox.poll()).isPresent();
        mailbox.put(message);
        assertThat(mailbox.dropped()).isEqualTo(2);
    }

    @Test
    void read_sinkThatHasEnough_leavesTheRest() throws Exception {
        ListeningFollower follower = listen("wordpress", unix);
        send("<85>" + STAMP + "one", "<85>" + STAMP + "two");
        readUntilBothCame(follower);
        List<String> lines = new ArrayList<>();
        LineSink modest = new LineSink() {
            @Override
            public void line(Path file, LogLine line, boolean live, boolean whole) {
                lines.add(line.text());
            }

            @Override
            public boolean isEnough() {
                return !lines.isEmpty();
            }
        };

        assertThat(follower.read(1 << 20, modest)).as("more waits").isTrue();
        assertThat(lines).containsExactly(STAMP + "one");
        assertThat(readUntil(follower, 1).texts()).containsExactly(STAMP + "two");
    }
}
