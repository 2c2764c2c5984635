package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A machine with Bailiff on it: its configuration, its logs, and at most one guard. */
final class Machine implements AutoCloseable {

    /*
     * On a machine with a network of its own, directories of ours are mounted over /etc/bailiff, /var/log, /var/lib and
     * /run, seen by the processes that are started there only. So the recipe's files work as they stand, and commands
     * are typed without options. Without root the same directories are named by options.
     */
    private static final String ENTER = """
            set -e
            here=$1
            shift
            mount -t tmpfs tmpfs /mnt
            mkdir /mnt/upper /mnt/work
            mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc
            mkdir -p /etc/bailiff
            [ ! -f "$here/hosts" ] || cat "$here/hosts" >> /etc/hosts
            [ ! -f "$here/without" ] || mount --bind /dev/null "$(command -v "$(cat "$here/without")")"
            mount --bind "$here/etc" /etc/bailiff
            [ ! -d "$here/fail2ban" ] || mount --bind "$here/fail2ban" /etc/fail2ban
            mount --bind "$here/log" /var/log
            mount --bind "$here/lib" /var/lib
            mount --bind "$here/run" /run
            exec "$@"
            """;

    private final Folder folder = Folder.make();
    private final List<String> enter;
    private final List<String> guardOptions;
    private final Map<String, String> environment = new HashMap<>(Installation.java());
    private @Nullable Process guard;

    private Machine(List<String> within) {
        for (String name : List.of("etc", "log", "lib", "run")) {
            folder.directory(name);
        }
        if (within.isEmpty()) {
            enter = List.of();
            guardOptions = List.of("-c", path("etc"), "--state", path("lib/bailiff"));
            environment.put("BAILIFF_RUN", path("run/bailiff"));
        } else {
            enter = new ArrayList<>(within);
            enter.addAll(List.of("sh", folder.write("enter", ENTER).toString(), path("")));
            guardOptions = List.of();
        }
    }

    /** A machine that is but a directory. Takes no root. */
    static Machine onPaper() {
        return new Machine(List.of());
    }

    /** A machine whose programs are started by way of that command. */
    static Machine within(List<String> command) {
        return new Machine(command);
    }

    private String path(String name) {
        return folder.path().resolve(name).toString();
    }

    Folder folder() {
        return folder;
    }

    /** Writes a file of the configuration. */
    void configure(String file, String text) {
        folder.write("etc/" + file, text);
    }

    /** Lets the machine's name service know an address. */
    void name(String address, String name) {
        folder.write("hosts", address + " " + name + "\n");
    }

    /** Lets what is started from now on not find a program. */
    void lose(String program) {
        folder.write("without", program);
    }

    /** A log, made when missing. */
    AuthLog log(String name) {
        return new AuthLog(folder.path().resolve("log").resolve(name));
    }

    /** Puts a variable into the environment of what is started from now on. */
    void export(String variable, String value) {
        environment.put(variable, value);
    }

    /** Types a command, and waits for its end. Compiled cheaply: half the time of these tests is Java starting. */
    Outcome bailiff(String... arguments) {
        Map<String, String> hasty = new HashMap<>(environment);
        hasty.put("BAILIFF_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
        return Programs.run(command(List.of(arguments)), hasty);
    }

    /** Types another program's command on this machine, and waits for its end. */
    Outcome run(String... command) {
        List<String> all = new ArrayList<>(enter);
        all.addAll(List.of(command));
        return Programs.run(all, environment);
    }

    /** Starts a guard that is expected not to come up, and waits for its end. */
    Outcome guardInVain(String... options) {
        return Programs.run(command(guard(options)), environment);
    }

    /** Starts the guard; it answers when this returns. */
    void startGuard(String... options) {
        Process started = Programs.start(
                command(guard(options)), environment, folder.path().resolve("guard.log"));
        guard = started;
        Await.until(() -> answers() || !started.isAlive(), this::guardLog);
        if (!started.isAlive()) {
            throw new AssertionError("the guard did not start: " + guardLog());
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(enter);
        command.add(Installation.launcher().toString());
        command.addAll(arguments);
        return command;
    }

    private List<String> guard(String... options) {
        List<String> arguments = new ArrayList<>(List.of("guard"));
        arguments.addAll(guardOptions);
        arguments.addAll(List.of(options));
        return arguments;
    }

    /** Whether the guard answers; that somebody listens is not enough, a child of a killed one may for a moment. */
    private boolean answers() {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.connect(UnixDomainSocketAddress.of(path("run/bailiff/control.sock")));
            socket.write(ByteBuffer.wrap("{\"command\":\"ping\",\"options\":{}}\n".getBytes(StandardCharsets.UTF_8)));
            return socket.read(ByteBuffer.allocate(1)) == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends the guard as a power cut would: {@code kill -9}. */
    void killGuard() {
        if (guard != null) {
            guard.destroyForcibly();
            guardExit();
        }
    }

    /** Waits for the guard's end; its exit code. */
    int guardExit() {
        try {
            if (guard == null || !guard.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the guard did not end: " + guardLog());
            }
            return guard.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The guard's process id. */
    long guardPid() {
        return guard == null ? -1 : guard.pid();
    }

    /** What all guards of this machine have said. */
    String guardLog() {
        try {
            Path file = folder.path().resolve("guard.log");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who is banned now, as {@code bailiff bans} has it. */
    List<String> banned() {
        Outcome bans = bailiff("bans", "--json");
        if (bans.exit() != 0) {
            throw new AssertionError(bans + "; the guard says: " + guardLog());
        }
        return bans.rows().stream().map(ban -> String.valueOf(ban.get("ip"))).toList();
    }

    /** Waits until exactly these are banned, in any order. */
    void awaitBanned(String... subjects) {
        List<String> expected = List.of(subjects);
        Await.until(
                () -> banned().stream()
                        .sorted()
                        .toList()
                        .equals(expected.stream().sorted().toList()),
                () -> banned() + " banned instead of " + expected + "; the guard says: " + guardLog());
    }

    /** What {@code bailiff status} says of a jail. */
    Map<String, Object> status(String jail) {
        Map<String, Object> status = bailiff("status", jail, "--json").good().row();
        if (status.get("jails") instanceof List<?> jails && jails.getFirst() instanceof Map<?, ?> found) {
            Map<String, Object> named = new HashMap<>();
            found.forEach((key, value) -> named.put(String.valueOf(key), value));
            return named;
        }
        throw new AssertionError("no jail " + jail + " in " + status);
    }

    /** Waits until a jail's status has that number. */
    void awaitStatus(String jail, String key, int number) {
        Await.until(
                () -> Integer.valueOf(number).equals(status(jail).get(key)),
                () -> status(jail) + "; the guard says: " + guardLog());
    }

    @Override
    public void close() {
        try {
            killGuard();
        } finally {
            folder.close();
        }
    }
}
