package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two network namespaces and a cable between them: the site in one, all visitors in the other, which is also the site's
 * gateway to wherever they say they come from. Takes root and {@code ip}.
 */
final class Network implements AutoCloseable {

    /** The site's own address. */
    static final String SITE = "192.0.2.1";

    /** The site's own address, the IPv6 one. */
    static final String SITE6 = "2001:db8:0:1::1";

    /** The site's gateway. */
    static final String GATEWAY = "192.0.2.254";

    /** The site's gateway, the IPv6 one. */
    static final String GATEWAY6 = "2001:db8:0:1::fe";

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final int SILENCE = 28;
    private static final int CUT = 56;
    private static final int REFUSAL = 7;

    private final String site;
    private final String world;

    private Network() {
        String name = "bailiff-acc-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
        site = name + "-site";
        world = name + "-net";
    }

    /** Lays the cable. */
    static Network lay() {
        Needs.root();
        Needs.program("ip", "iproute2");
        Network network = new Network();
        try {
            network.connect();
            return network;
        } catch (AssertionError e) {
            network.close();
            throw e;
        }
    }

    private void connect() {
        Outcome made = Programs.run("ip", "netns", "add", site);
        if (made.exit() != 0) {
            Needs.missing("This test needs network namespaces: " + made.err().strip() + ".");
        }
        ip("netns add " + world);
        ip("-n " + site + " link set lo up");
        ip("-n " + world + " link set lo up");
        ip("-n " + site + " link add cable type veth peer name cable netns " + world);
        ip("-n " + site + " addr add " + SITE + "/24 dev cable");
        ip("-n " + site + " addr add " + SITE6 + "/64 dev cable nodad");
        ip("-n " + world + " addr add " + GATEWAY + "/24 dev cable");
        ip("-n " + world + " addr add " + GATEWAY6 + "/64 dev cable nodad");
        ip("-n " + site + " link set cable up");
        ip("-n " + world + " link set cable up");
        ip("-n " + site + " route add default via " + GATEWAY);
        ip("-n " + site + " -6 route add default via " + GATEWAY6);
    }

    private static void ip(String arguments) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ")));
        Programs.run(command, Map.of()).good();
    }

    /** How a command is run where the site is. */
    List<String> atSite() {
        return List.of("ip", "netns", "exec", site);
    }

    /** How a command is run where the visitors are. */
    List<String> outside() {
        return List.of("ip", "netns", "exec", world);
    }

    /** Lets somebody have that address. */
    void settle(String address) {
        boolean six = address.contains(":");
        ip("-n " + world + " addr add " + address + (six ? "/128 dev cable nodad" : "/32 dev cable"));
    }

    /** Whether a request from that address is answered by the site; patient, since an answer may take its time. */
    boolean isAnswered(String from, int port) {
        return fetch(from, port, "10");
    }

    /** Whether a request from that address meets silence; a short one, since only a packet filter is silent here. */
    boolean isDropped(String from, int port) {
        return !fetch(from, port, "1.5");
    }

    /** Whether a request from that address is turned away at once, as fail2ban's rules do by an ICMP message. */
    boolean isRefused(String from, int port) {
        return curl(from, "--connect-timeout", "10", url(from, port, "/")).exit() == REFUSAL;
    }

    /** Asks for a page; false when nothing comes back, and anything but a page or silence fails the test. */
    private boolean fetch(String from, int port, String patience) {
        Outcome outcome = ask(from, port, patience);
        if (outcome.exit() == CUT) {
            // It was on its way when a ban began. What counts is the next one.
            outcome = ask(from, port, patience);
        }
        if (outcome.exit() == SILENCE) {
            return false;
        }
        if (outcome.exit() != 0 || !outcome.out().endsWith("200")) {
            throw new AssertionError(from + " got neither the page nor silence: " + outcome);
        }
        return true;
    }

    private Outcome ask(String from, int port, String patience) {
        return curl(from, "--connect-timeout", patience, "-w", "%{http_code}", url(from, port, "/"));
    }

    /** A wrong password in WordPress' form; the site has to answer. */
    void failToLogIn(String from) {
        curl(from, "--fail", "--data", "pwd=guess", url(from, 80, "/wp-login.php?log=admin"))
                .good();
    }

    /** Lets {@code curl} make a request from that address. */
    Outcome curl(String from, String... more) {
        List<String> command = new ArrayList<>(outside());
        command.addAll(List.of("curl", "-s", "--noproxy", "*", "--max-time", "20", "--interface", from));
        command.addAll(List.of(more));
        return Programs.run(command, Map.of());
    }

    /** The site's address in the family of the visitor's. */
    static String url(String from, int port, String path) {
        String host = from.contains(":") ? "[" + SITE6 + "]" : SITE;
        return "http://" + host + ":" + port + path;
    }

    /** The packet filter where the site is. */
    String ruleset() {
        return nft("list", "ruleset").out();
    }

    /** Lets nft do something where the site is. */
    Outcome nft(String... arguments) {
        List<String> command = new ArrayList<>(atSite());
        command.add("nft");
        command.addAll(List.of(arguments));
        return Programs.run(command, Map.of()).good();
    }

    /** Waits until the kernel holds a ban of that address. */
    void awaitInKernel(String address) {
        Await.until(() -> holds(address), this::ruleset);
    }

    /** Whether the kernel holds a ban of that address or network. */
    boolean holds(String address) {
        return ruleset().contains(" " + address.replaceFirst("/\\d+$", "") + " timeout ");
    }

    /** Ends whatever still runs in the namespaces, and removes them. */
    @Override
    public void close() {
        for (String space : List.of(site, world)) {
            Programs.run("ip", "netns", "pids", space)
                    .out()
                    .lines()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .forEach(ProcessHandle::destroyForcibly);
            Programs.run("ip", "netns", "del", space);
        }
    }
}
