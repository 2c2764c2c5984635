package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which addresses many people come through: proxies, CDNs, large networks. Whoever bans one bans them all.
 *
 * <p>Pure; not thread-safe: one owner. Times may go back a little.
 */
public final class Proxies {

    /*
     * User-Agents are free: an attacker sends sixteen with sixteen requests. So browsers alone excuse nobody. Logins
     * are not: an address is taken for a proxy where
     *
     *   MANY accounts logged in through it in thirty days, whatever the browsers, or
     *   CROWD browsers came through it within two days, and two accounts, or any on three days, logged in through its
     *   neighbourhood (/24, /48), since a CDN sends one visitor through one address and the next through another, or
     *   it is a private address, which no visitor of the web has, two browsers came through it or somebody logged in
     *   through its neighbourhood, and few others of them are seen: so there is a proxy in front, rather than a local
     *   network of people, or one attacker in it.
     *
     * An attacker who has accounts of his own at a site that lets anybody register can reach that. It keeps him from
     * bans only; what the evidence refuses, it refuses still.
     */

    /** Sources and neighbourhoods with a login that are remembered: ten times what the largest sites see. */
    static final int LOGINS = 10_000;

    /** Sources whose browsers are told apart: the visitors of a busy day, some 100 bytes each. */
    static final int BROWSERS = 20_000;

    /** Private addresses that are remembered. */
    private static final int PRIVATE = 64;

    /** So many private addresses within two days are people, not proxies. */
    static final int INTRANET = 8;

    /** Accounts that make a proxy or a large network for themselves. */
    static final int MANY = 5;

    /** With a crowd, so many accounts do. */
    private static final int SOME = 2;

    /** Or logins on so many days. */
    private static final int DAYS = 3;

    /** Of what is saved; the first bytes of it. */
    private static final int VERSION = 0x42_50_00_01;

    private static final CidrSet LOCAL = new CidrSet(Stream.of(
                    "127.0.0.0/8",
                    "::1/128",
                    "10.0.0.0/8",
                    "172.16.0.0/12",
                    "192.168.0.0/16",
                    "100.64.0.0/10",
                    "169.254.0.0/16",
                    "fc00::/7",
                    "fe80::/10")
            .map(Cidr::parse)
            .flatMap(Optional::stream)
            .toList());

    /**
     * An address that many people come through.
     *
     * @param address the one that was asked about
     * @param isPrivate whether no visitor of the web can have it (RFC 1122, RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291)
     * @param browsers how many came through it within two days, about
     * @param accounts how many logged in through its neighbourhood in thirty days, at most {@value Logins#MOST}
     */
    public record Proxy(IpAddress address, boolean isPrivate, int browsers, int accounts) {

        /** What it looks like, with the numbers. */
        public String sentence() {
            if (isPrivate) {
                return address + " is a private address: a proxy in front of the web server has it, and no visitor";
            }
            String seen = browsers > 0 ? "about " + browsers + " browsers and " : "";
            return address + " looks like a proxy, a CDN or a network of many people: " + seen
                    + (accounts == 1 ? "1 account" : accounts + " accounts") + " came through it or its neighbours";
        }
    }

    private final Recent<Cidr, Logins> logins = new Recent<>(LOGINS);
    private final Recent<Cidr, Browsers> browsers = new Recent<>(BROWSERS);
    private final Recent<Cidr, Long> locals = new Recent<>(PRIVATE);

    /** What was saved; nothing when that is damaged, or of another version. */
    public static Optional<Proxies> restored(byte[] saved) {
        Proxies proxies = new Proxies();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(saved))) {
            if (in.readInt() != VERSION) {
                return Optional.empty();
            }
            Saved.table(in, LOGINS, from -> proxies.logins.put(Saved.network(from), Logins.read(from)));
            Saved.table(in, BROWSERS, from -> proxies.browsers.put(Saved.network(from), Browsers.read(from)));
            return in.read() < 0 ? Optional.of(proxies) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What {@link #restored} takes: 4 MB at most. */
    public byte[] save() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(VERSION);
            Saved.table(out, logins, (to, source, login) -> {
                Saved.network(to, source);
                login.write(to);
            });
            Recent<Cidr, Browsers> crowds = new Recent<>(BROWSERS);
            browsers.entries().forEach((source, seen) -> {
                if (seen.isCrowd()) {
                    crowds.put(source, seen);
                }
            });
            Saved.table(out, crowds, (to, source, seen) -> {
                Saved.network(to, source);
                seen.write(to);
            });
        } catch (IOException e) {
            throw new IllegalStateException("memory takes whatever is written to it", e);
        }
        return bytes.toByteArray();
    }

    /** A browser fetched something through the address. */
    public void browser(IpAddress client, String agent, Instant time) {
        browsers.of(Attempt.source(client), _ -> new Browsers()).saw(agent, day(time));
    }

    /**
     * Somebody logged in through the address.
     *
     * @param account told apart from those of the same name at other sites
     */
    public void success(IpAddress client, String account, Instant time) {
        for (Cidr place : List.of(Attempt.source(client), neighbours(client))) {
            logins.of(place, _ -> new Logins()).saw(account, day(time));
        }
        tried(client, time);
    }

    /** Somebody tried to. */
    public void tried(IpAddress client, Instant time) {
        if (LOCAL.contains(client)) {
            locals.put(Attempt.source(client), day(time));
        }
    }

    /** What speaks for many people behind the address; nothing where too little does. */
    public Optional<Proxy> find(IpAddress client, Instant time) {
        long day = day(time);
        Browsers crowd = browsers.find(Attempt.source(client));
        int many = crowd == null ? 0 : crowd.count(day);
        Logins near = logins.find(neighbours(client));
        int accounts = near == null ? 0 : near.accounts(day);
        boolean isMore = many > 1 || accounts > 0;
        if (isMore && LOCAL.contains(client) && isAlone(day)) {
            return Optional.of(new Proxy(client, true, many, accounts));
        }
        Logins own = logins.find(Attempt.source(client));
        boolean office = own != null && own.accounts(day) >= MANY;
        boolean crowded = crowd != null && crowd.isCrowd(day);
        boolean used = near != null && (accounts >= SOME || near.days(day) >= DAYS);
        return office || (crowded && used) ? Optional.of(new Proxy(client, false, many, accounts)) : Optional.empty();
    }

    /** Whether the private addresses of late are too few to be people. */
    private boolean isAlone(long day) {
        long others = locals.entries().values().stream()
                .filter(last -> day - last <= 1)
                .count();
        return others < INTRANET;
    }

    private static Cidr neighbours(IpAddress client) {
        return client.prefix(client.isV4() ? 24 : 48);
    }

    private static long day(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), 86_400L);
    }
}
