package bailiff.guard;

import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The addresses from which people are logged in over SSH now: whoever could type a command must not be locked out by
 * it.
 *
 * <p>Only sessions whose password or key was accepted count; a connection that still guesses is none.
 */
final class SshSessions {

    /*
     * Three places know: the environment of the shell that started us, systemd-logind's session files, and utmp(5) on
     * systems that still keep it. utmp's record is 384 bytes on x86 and 32-bit ARM; a file that is no multiple of that
     * is not read. The host field is the name or address that sshd put there; a name is left out.
     */
    private static final List<String> VARIABLES = List.of("SSH_CONNECTION", "SSH_CLIENT");
    private static final int UTMP_RECORD = 384;
    private static final int UTMP_MOST = UTMP_RECORD * 10_000;
    private static final int UTMP_HOST = 76;
    private static final int UTMP_HOST_LENGTH = 256;
    private static final short UTMP_USER_PROCESS = 7;

    private final Path root;
    private final Map<String, String> environment;

    SshSessions(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    Set<IpAddress> clients() {
        Set<IpAddress> clients = new HashSet<>();
        for (String variable : VARIABLES) {
            add(clients, environment.getOrDefault(variable, "").split(" ", 2)[0]);
        }
        addLogindSessions(clients);
        addUtmp(clients);
        return clients;
    }

    private void addLogindSessions(Set<IpAddress> clients) {
        try (DirectoryStream<Path> sessions = Files.newDirectoryStream(root.resolve("run/systemd/sessions"))) {
            sessions.forEach(session -> addLogindSession(session, clients));
        } catch (IOException | DirectoryIteratorException _) {
            // No systemd here.
        }
    }

    private static void addLogindSession(Path session, Set<IpAddress> clients) {
        try {
            if (Files.isRegularFile(session)) {
                Files.readString(session, StandardCharsets.ISO_8859_1)
                        .lines()
                        .filter(line -> line.startsWith("REMOTE_HOST="))
                        .forEach(line -> add(clients, line.substring("REMOTE_HOST=".length())));
            }
        } catch (IOException _) {
            // The session has just ended; the others are still there.
        }
    }

    private void addUtmp(Set<IpAddress> clients) {
        Path utmp = root.resolve("run/utmp");
        try {
            long size = Files.size(utmp);
            if (size % UTMP_RECORD != 0 || size > UTMP_MOST) {
                return;
            }
            ByteBuffer records = ByteBuffer.wrap(Files.readAllBytes(utmp)).order(ByteOrder.nativeOrder());
            for (int at = 0; at + UTMP_RECORD <= records.limit(); at += UTMP_RECORD) {
                if (records.getShort(at) == UTMP_USER_PROCESS) {
                    String host =
                            new String(records.array(), at + UTMP_HOST, UTMP_HOST_LENGTH, StandardCharsets.ISO_8859_1);
                    add(clients, host.substring(0, Math.max(0, (host + '\0').indexOf('\0'))));
                }
            }
        } catch (IOException _) {
            // No utmp here: logind knows.
        }
    }

    private static void add(Set<IpAddress> clients, String text) {
        IpAddress.parse(text).ifPresent(clients::add);
    }
}
