package bailiff.demo;

import bailiff.enforce.CommandRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A stage with real packets: two network namespaces of its own, joined by a virtual cable, the site in one and all
 * visitors in the other. Needs root, {@code ip} and {@code nft}; nothing outside the namespaces is touched.
 */
final class NetworkStage implements Stage {

    private static final String SITE_ADDRESS = "198.18.0.1";
    private static final String CABLE_ADDRESS = "198.18.0.2";

    private final String siteSpace;
    private final String visitorSpace;
    private final List<Process> processes = new ArrayList<>();
    private final Map<Long, CompletableFuture<Outcome>> waiting = new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();
    private OutputStream orders = OutputStream.nullOutputStream();

    private NetworkStage() {
        long pid = ProcessHandle.current().pid();
        siteSpace = "bailiff-demo-" + pid + "-site";
        visitorSpace = "bailiff-demo-" + pid + "-net";
    }

    /** Sets the stage for visitors with these addresses. */
    static NetworkStage set(Site site, Collection<String> addresses) throws IOException, InterruptedException {
        NetworkStage stage = new NetworkStage();
        try {
            stage.lay(addresses);
            stage.people(site);
            return stage;
        } catch (IOException | InterruptedException e) {
            stage.close();
            throw e;
        }
    }

    private void lay(Collection<String> addresses) throws IOException, InterruptedException {
        ip("netns add " + siteSpace);
        ip("netns add " + visitorSpace);
        ip("-n " + siteSpace + " link set lo up");
        ip("-n " + siteSpace + " link add cable type veth peer name cable netns " + visitorSpace);
        ip("-n " + siteSpace + " addr add " + SITE_ADDRESS + "/30 dev cable");
        ip("-n " + visitorSpace + " addr add " + CABLE_ADDRESS + "/30 dev cable");
        ip("-n " + siteSpace + " link set cable up");
        ip("-n " + visitorSpace + " link set cable up");
        ip("-n " + siteSpace + " route add default via " + CABLE_ADDRESS);
        StringBuilder batch = new StringBuilder();
        addresses.forEach(address -> batch.append("addr add ").append(address).append("/32 dev cable\n"));
        run(List.of("ip", "-n", visitorSpace, "-batch", "-"), batch.toString());
    }

    private void people(Site site) throws IOException {
        String port = String.valueOf(site.port());
        Process server = java(
                siteSpace, ToySite.class, site.log().toString(), site.shield().toString(), port);
        BufferedReader said =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
        String first = said.readLine();
        if (!"ready".equals(first)) {
            throw new IOException("the demo's web server did not start: " + first);
        }
        Process visitors = java(visitorSpace, ToyVisitors.class, SITE_ADDRESS, port);
        orders = visitors.getOutputStream();
        InputStream answers = visitors.getInputStream();
        Thread.ofPlatform().daemon().name("demo-answers").start(() -> listen(answers));
    }

    private Process java(String space, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "netns", "exec", space));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        Process process = CommandRunner.here().start(command);
        processes.add(process);
        return process;
    }

    private void listen(InputStream answers) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answers, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.split(" ", 2);
                CompletableFuture<Outcome> visit = waiting.remove(Long.valueOf(words[0]));
                if (visit != null) {
                    visit.complete(Outcome.valueOf(words[1]));
                }
            }
        } catch (IOException e) {
            return; // the visitors have gone: the demo is over
        }
    }

    /** Whether nft works there. */
    boolean hasFirewall() throws InterruptedException {
        try {
            run(List.of("ip", "netns", "exec", siteSpace, "nft", "list", "tables"), "");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Runs commands inside the site's namespace, where the firewall is. */
    CommandRunner runner() {
        return CommandRunner.within(List.of("ip", "netns", "exec", siteSpace));
    }

    @Override
    public String description() {
        return "Real packets: the site and its visitors live in two network namespaces, and this kernel drops what is"
                + " banned.";
    }

    @Override
    public Outcome visit(Visit visit) throws IOException, InterruptedException {
        long id = number.incrementAndGet();
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        String path = visit.door() == Visit.Door.LOGIN ? "/wp-login.php" : "/xmlrpc.php";
        String order = id + " " + visit.from() + " " + path + " " + visit.user() + " "
                + (visit.right() ? "right" : "wrong") + (visit.form() ? " form" : "") + "\n";
        synchronized (this) {
            orders.write(order.getBytes(StandardCharsets.UTF_8));
            orders.flush();
        }
        try {
            return answer.get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            waiting.remove(id);
            return Outcome.SILENT;
        }
    }

    private static void ip(String arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        run(command, "");
    }

    private static void run(List<String> command, String input) throws IOException, InterruptedException {
        Process process = CommandRunner.here().start(command);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readNBytes(10_000), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        for (String space : List.of(siteSpace, visitorSpace)) {
            try {
                ip("netns del " + space);
            } catch (IOException _) {
                // It was never made.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
