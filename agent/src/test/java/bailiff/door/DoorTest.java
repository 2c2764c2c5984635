package bailiff.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorTest {

    @TempDir
    Path directory;

    @Test
    void open_socketAndItsNewDirectory_areForTheOwnerAlone() throws IOException {
        try (Door _ = open(DoorTest::greet)) {
            assertThat(permissions(path())).isEqualTo("rw-------");
            assertThat(permissions(directory.resolve("run"))).isEqualTo("rwx------");
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void open_livingSocket_isLeftAlone() throws IOException {
        try (Door _ = open(DoorTest::greet)) {
            assertThatThrownBy(() -> open(DoorTest::greet)).hasMessage("somebody answers at " + path());
            assertThat(visit()).isEqualTo('!');
        }
    }

    @Test
    void look_removedFile_isOpenedAgain() throws IOException {
        try (Door door = open(DoorTest::greet)) {
            Files.delete(path());

            door.look();

            assertThat(visit()).isEqualTo('!');
            assertThat(permissions(path())).isEqualTo("rw-------");
        }
        assertThat(path()).doesNotExist();
    }

    @Test
    void look_anotherServerInItsPlace_isLeftAlone() throws IOException {
        Door door = open(DoorTest::greet);
        Files.delete(path());
        try (Door _ = open(DoorTest::greet)) {
            door.look();

            door.close();
            assertThat(visit()).isEqualTo('!');
        }
    }

    @Test
    void look_afterItsEnd_opensNothing() throws IOException {
        Door door = open(DoorTest::greet);
        door.close();

        door.look();

        assertThat(path()).doesNotExist();
    }

    @Test
    void open_socketOfADeadServer_isReplaced() throws IOException {
        Files.createDirectories(directory.resolve("run"));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(path()))
                .close();

        try (Door _ = open(DoorTest::greet)) {
            assertThat(visit()).isEqualTo('!');
        }
    }

    @Test
    void open_fileThatIsNoSocket_isLeftAlone() throws IOException {
        Files.createDirectories(directory.resolve("run"));
        Files.writeString(path(), "text");

        assertThatThrownBy(() -> open(DoorTest::greet)).hasMessageContaining("is no socket");
        assertThat(path()).hasContent("text");
    }

    @Test
    void open_pipeWithThatName_isLeftAlone() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        Needs.orSkip(run("mkfifo", path().toString()), "mkfifo makes a pipe");

        assertThatThrownBy(() -> open(DoorTest::greet)).hasMessageContaining("is no socket");
        assertThat(path()).exists();
    }

    @Test
    void open_livingSocketOfAnotherKind_isLeftAlone() throws Exception {
        Files.createDirectories(directory.resolve("run"));
        String bind = "import socket, sys; s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM);"
                + " s.bind(sys.argv[1]); print(flush=True); sys.stdin.read()";
        Needs.orSkip(run("python3", "--version"), "Python binds a socket for datagrams");
        Process other = new ProcessBuilder("python3", "-c", bind, path().toString()).start();
        try (BufferedReader said = other.inputReader()) {
            said.readLine();

            assertThatThrownBy(() -> open(DoorTest::greet)).isInstanceOf(IOException.class);
            assertThat(path()).exists();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void close_anotherServerHasTheName_leavesItsSocket() throws IOException {
        Door first = open(DoorTest::greet);
        Files.delete(path());
        try (Door _ = open(DoorTest::greet)) {
            first.close();

            assertThat(visit()).isEqualTo('!');
        }
    }

    @Test
    void visitor_ofOurOwn_isAdmitted() throws IOException {
        Door.Host host = visitor -> {
            if (visitor.isAdmitted() && visitor.user().equals(Visitor.OWNER)) {
                greet(visitor);
            }
        };
        try (Door _ = open(host)) {
            assertThat(visit()).isEqualTo('!');
        }
    }

    @Test
    void visitor_thatTakesTooLong_isCutOff() throws IOException {
        Door.Host host = visitor -> {
            visitor.allow(10);
            visitor.connection().read(ByteBuffer.allocate(1));
        };
        try (Door _ = open(host)) {
            assertThat(visit()).as("the end").isEqualTo(-1);
        }
    }

    @Test
    void visitors_tooMany_areTurnedAwayUntilOneHasGone() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        Door.Host host = visitor -> {
            greet(visitor);
            try {
                enough.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        List<SocketChannel> inside = new ArrayList<>();
        try (Door _ = open(host)) {
            for (int i = 0; i < Door.MOST_VISITORS; i++) {
                inside.add(connect());
                assertThat(read(inside.getLast())).isEqualTo('!');
            }

            assertThat(visit()).as("the one too many").isEqualTo(-1);

            enough.countDown();
            for (SocketChannel one : inside) {
                assertThat(read(one)).as("the end").isEqualTo(-1);
            }
        }
    }

    @Test
    void host_thatFails_closesThatConnectionAlone() throws IOException {
        AtomicInteger visits = new AtomicInteger();
        Door.Host host = visitor -> {
            if (visits.incrementAndGet() == 1) {
                throw new UncheckedIOException(new IOException("gone"));
            }
            greet(visitor);
        };
        try (Door _ = open(host)) {
            assertThat(visit()).isEqualTo(-1);
            assertThat(visit()).isEqualTo('!');
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    }

    private Path path() {
        return directory.resolve("run/socket");
    }

    private Door open(Door.Host host) throws IOException {
        return Door.open(path(), "test", "somebody answers", host);
    }

    private static void greet(Visitor visitor) throws IOException {
        visitor.connection().write(ByteBuffer.wrap(new byte[] {'!'}));
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(path()));
    }

    /** The byte that a visitor is given; -1 where the connection ends. */
    private int visit() throws IOException {
        try (SocketChannel connection = connect()) {
            return read(connection);
        }
    }

    private static int read(SocketChannel connection) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        return connection.read(one) < 0 ? -1 : one.get(0);
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
