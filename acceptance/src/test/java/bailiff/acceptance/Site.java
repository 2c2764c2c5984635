package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A site in a network of its own: where it stands, its machine with Bailiff, and perhaps its web server. */
final class Site implements AutoCloseable {

    final Network network;
    final Machine machine;
    final AuthLog log;
    private @Nullable WebServer web;
    private final Thread onInterrupt = Thread.ofPlatform().unstarted(this::tearDown);

    private Site(Network network, String log) {
        this.network = network;
        this.machine = Machine.within(network.atSite());
        this.log = machine.log(log);
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** A machine without a web server, guarded by the recipe as Debian has it. */
    static Site quiet() {
        return lay("auth.log", Recipe.DEBIAN_JAIL);
    }

    /** A machine with a web server whose failures go to the log of that name in {@code /var/log}. */
    static Site open(String log, String jail) {
        Site site = lay(log, jail);
        try {
            site.web = WebServer.start(site.network, site.log);
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    /** A machine on which fail2ban has been used, with this {@code jail.local} and the rest as its package has it. */
    static Site fail2ban(String jailLocal) {
        StockFail2ban.need();
        Needs.program("nft", "nftables");
        Site site = new Site(Network.lay(), "auth.log");
        try {
            StockFail2ban.copyTo(site.machine.folder());
            // fail2ban asks for names at its start, and there is no name server in the namespace.
            site.machine.export("RES_OPTIONS", "timeout:1 attempts:1");
            site.machine.folder().write("fail2ban/jail.local", jailLocal);
            site.web = WebServer.start(site.network, site.log);
            return site;
        } catch (RuntimeException | Error e) {
            site.close();
            throw e;
        }
    }

    /** Starts the guard over fail2ban's own configuration. */
    void guardAsFail2ban(String... options) {
        List<String> all = new ArrayList<>(List.of("-c", "/etc/fail2ban"));
        all.addAll(List.of(options));
        machine.startGuard(all.toArray(String[]::new));
    }

    private static Site lay(String log, String jail) {
        Needs.program("nft", "nftables");
        Site site = new Site(Network.lay(), log);
        site.machine.configure("filter.d/wordpress.conf", Recipe.FILTER);
        site.machine.configure("jail.local", jail);
        return site;
    }

    /** Gives the recipe's jail another option. */
    void amend(String option) {
        machine.configure("jail.d/test.local", "[wordpress]\n" + option + "\n");
    }

    /** Three failures at the web server's form, and the ban that comes of them in the kernel. */
    void attack(String from, String banned) {
        for (int i = 0; i < 3; i++) {
            network.failToLogIn(from);
        }
        network.awaitInKernel(banned);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        tearDown();
    }

    private void tearDown() {
        if (web != null) {
            web.close();
        }
        network.close();
        machine.close();
    }
}
