package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.control.ControlClient;
import bailiff.control.ControlException;
import bailiff.control.Request;
import bailiff.enforce.CommandRunner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A site with a configuration, an auth log and a guard that observes it, all in one directory. */
final class Site implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-04-09T12:00:00Z");
    static final Path LOG = Path.of("auth.log");

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    final ManualClock clock = new ManualClock(NOON);
    final Heard heard = new Heard();
    private final Path directory;
    private boolean observe = true;
    private @Nullable Guard guard;

    /** A site with the recipe's jail: 3 failures within an hour are a ban for a day. */
    Site(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("etc"));
        Files.createFile(log());
        configure(jail("wordpress", ""));
    }

    Path log() {
        return directory.resolve(LOG);
    }

    Path ledger() {
        return directory.resolve("state").resolve(Places.LEDGER);
    }

    Path socket() {
        return directory.resolve("run").resolve(Places.SOCKET);
    }

    /** A jail over the auth log, with further options. */
    String jail(String name, String options) {
        return """
                [%s]
                enabled = true
                filter = wordpress
                logpath = %s
                %s
                """.formatted(name, log(), options);
    }

    void configure(String jails) throws IOException {
        String usual = """
                [DEFAULT]
                maxretry = 3
                findtime = 3600
                bantime = 86400
                """;
        Files.writeString(directory.resolve("etc/jail.local"), usual + jails);
    }

    ConfigReader configuration() {
        return ConfigReader.alone(directory.resolve("etc"), new Host(ZoneOffset.UTC, Path.of("/etc/services")));
    }

    /** What WordPress writes of failed log-ins from these addresses now. */
    void fail(String... addresses) throws IOException {
        for (String address : addresses) {
            told("Authentication failure for admin", address);
        }
    }

    /** What WordPress writes now, in these words, of an address. */
    void told(String words, String address) throws IOException {
        write(clock.instant() + " vps wordpress(blog.example.test)[4711]: " + words + " from " + address);
    }

    void write(String line) throws IOException {
        Files.writeString(log(), line + "\n", StandardOpenOption.APPEND);
    }

    /** From now on the guard's shield refuses; there is no firewall here that bans could be given to. */
    void refuse() {
        observe = false;
    }

    GuardSettings settings() {
        CommandRunner none = _ -> {
            throw new IOException("there are no programs here");
        };
        return new GuardSettings(
                configuration(),
                observe,
                false,
                directory.resolve("state"),
                directory.resolve("run"),
                observe ? CommandRunner.here() : none,
                clock,
                "test");
    }

    Guard start() throws ControlException {
        return start(heard);
    }

    Guard start(GuardListener listener) throws ControlException {
        Guard started = Guard.start(settings(), listener);
        guard = started;
        return started;
    }

    Guard guard() {
        return Objects.requireNonNull(guard, "start it first");
    }

    void restart() throws ControlException {
        close();
        start();
    }

    /** What the shield answers at its usual socket to these words, such as {@code ip=192.0.2.1}. */
    String shield(String words) {
        return shield(directory.resolve("run").resolve(Places.SHIELD_SOCKET), words);
    }

    /** The same at that socket. */
    static String shield(Path socket, String words) {
        try (SocketChannel connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            connection.write(ByteBuffer.wrap(("ask " + words + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(100);
            connection.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks over the control socket. */
    List<Map<String, Object>> ask(String command, Map<String, Object> options) throws ControlException {
        List<Map<String, Object>> rows = new ArrayList<>();
        ControlClient.ask(socket(), new Request(command, options), rows::add);
        return rows;
    }

    /** The sentences of an answer. */
    List<String> told(String command, Map<String, Object> options) throws ControlException {
        return ask(command, options).stream()
                .map(row -> String.valueOf(row.get("answer")))
                .toList();
    }

    /** The addresses that are banned, as the running guard says. */
    List<Object> banned() throws ControlException {
        return ask("bans", Map.of()).stream().map(row -> row.get("ip")).toList();
    }

    /** The status of the first jail that reads a log. */
    Map<String, Object> jailStatus() throws ControlException {
        List<?> jails = (List<?>)
                Objects.requireNonNull(ask("status", Map.of()).getFirst().get("jails"));
        return object(Objects.requireNonNull(jails.get(1)));
    }

    /** The status of that jail. */
    Map<String, Object> jailStatus(String name) throws ControlException {
        List<?> jails = (List<?>) Objects.requireNonNull(
                ask("status", Map.of("jail", name)).getFirst().get("jails"));
        return object(Objects.requireNonNull(jails.getFirst()));
    }

    static Map<String, Object> object(Object json) {
        Map<String, Object> object = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> object.put(String.valueOf(key), value));
        return object;
    }

    /** Waits until it is so; a guard has no business to take longer than half a minute. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    /** Waits until the guard has said so. */
    void awaitHeard(String moment) throws InterruptedException {
        awaitHeard(moment, 1);
    }

    void awaitHeard(String moment, long times) throws InterruptedException {
        await(times + " times " + moment, () -> heard.count(moment) >= times);
    }

    @Override
    public void close() {
        if (guard != null) {
            guard.close();
        }
    }
}
