package bailiff.acceptance;

import static bailiff.acceptance.XmlRpc.login;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Attacks that WordPress can see. */
final class Attacks {

    /** How many machines the botnet has. */
    static final int BOTS = 300;

    private static final int GUESSES = 20;
    private static final String NOBODY_THERE = "http://198.18.77.77:443/x";

    private Attacks() {}

    /** One attempt each on an account that exists. */
    static Burst botnet(String name) {
        return Burst.attack(
                name,
                Telling.LOGIN,
                scene -> scene.guests(10, BOTS).forEach(bot -> bot.knock("admin", "guess of " + bot.address() + name)));
    }

    /** The same machines once more. */
    static Burst botnetAgain(String name) {
        return Burst.returning(name, botnet(name).deed());
    }

    /** One attempt each on accounts that do not exist. */
    static Burst blindBotnet(String name) {
        return Burst.attack(
                name,
                Telling.LOGIN,
                scene -> scene.guests(20, 60)
                        .forEach(
                                bot -> bot.logIn("administrator" + bot.address().length() % 3, "guess" + name)));
    }

    /** The same machines once more. */
    static Burst blindBotnetAgain(String name) {
        return Burst.returning(name, blindBotnet(name).deed());
    }

    /** Somebody who takes his time; the test gives it to him. */
    static Burst slow() {
        return Burst.attack("slow, one in 31 minutes", Telling.LOGIN, scene -> {
            Guest guest = scene.guest("30.1");
            IntStream.range(0, GUESSES).forEach(i -> guest.knock("admin", "slow" + i));
        });
    }

    /** Those that work by every way to the site. */
    static List<Burst> everywhere() {
        List<Burst> all = new ArrayList<>();
        all.add(guesses("dictionary at the form", "40.1", (guest, i) -> guest.logIn("admin", "guess" + i)));
        all.add(guesses("dictionary over XML-RPC", "40.2", (guest, i) -> guest.knock("admin", "guess" + i)));
        all.add(guesses(
                "dictionary over REST",
                "40.3",
                (guest, i) -> guest.basic("/?rest_route=/wp/v2/users/me", "admin", "guess" + i)));
        all.add(guesses(
                "dictionary over REST, where everybody may read",
                "40.4",
                (guest, i) -> guest.basic("/?rest_route=/wp/v2/posts", "editor", "guess" + i)));
        all.add(guesses(
                "application passwords over XML-RPC",
                "40.5",
                (guest, i) ->
                        guest.send(Asking.xml("/xmlrpc.php", XmlRpc.call(XmlRpc.LOGIN, "editor", "abcd efgh " + i))
                                .with(Guest.authorization("editor", "abcd efgh " + i)))));
        all.add(guesses("spray over many users", "40.6", (guest, i) -> guest.knock("staff" + (1 + i), "Summer2026!")));
        all.add(guesses("spray over users who do not exist", "40.7", (guest, i) -> guest.logIn("user" + i, "123456")));
        for (int n : List.of(2, 10, 100, 500)) {
            all.add(multicall("multicall of " + n, "41." + Math.min(n, 200), XmlRpc.multicall(logins(n))));
        }
        all.add(guesses(
                "forged X-Forwarded-For",
                "40.8",
                (guest, i) -> guest.send(
                        Guest.form("admin", "guess" + i).with("X-Forwarded-For: 8.8.8.8, 198.51.100." + i))));
        all.add(guesses(
                "forged headers of other proxies",
                "40.9",
                (guest, i) -> guest.send(Guest.form("admin", "guess" + i)
                        .with("X-Real-IP: 8.8.8.8")
                        .with("CF-Connecting-IP: 8.8.8.8")
                        .with("Client-IP: 8.8.8.8")
                        .with("Forwarded: for=8.8.8.8"))));
        all.add(guesses(
                "forged Host",
                "40.10",
                (guest, i) -> guest.send(
                        Guest.form("admin", "guess" + i).with("Host: x" + i + ".from-8.8.8.8.example:8081"))));
        all.add(guesses(
                "wishes for new passwords of nobody",
                "40.11",
                Telling.RESET,
                (guest, i) -> guest.send(Asking.form("/wp-login.php?action=lostpassword", "user_login=nobody" + i))));
        all.add(seek("seeking authors", "42.1", i -> "/?author=" + (1 + i)));
        all.add(seek("seeking users by REST", "42.2", i -> "/?rest_route=/wp/v2/users&page=" + (1 + i)));
        all.add(seek("seeking users by the sitemap", "42.3", i -> "/?sitemap=users&paged=" + (1 + i)));
        return all;
    }

    /** Those that take a certain server, address or much time. */
    static List<Burst> direct() {
        List<Burst> all = new ArrayList<>();
        all.add(multicall("multicall in CDATA", "43.1", cdata(XmlRpc.multicall(logins(10)))));
        all.add(multicall(
                "multicall in entities",
                "43.2",
                XmlRpc.multicall(logins(10)).replace("wp.getUsersBlogs", "wp&#46;getUsersBl&#x6f;gs")));
        all.add(multicall(
                "multicall behind 40,000 blanks",
                "43.3",
                XmlRpc.multicall(logins(10)).replace("?><", "?>" + "\n".repeat(40_000) + "<")));
        all.add(multicall(
                "multicall under two method names",
                "43.4",
                XmlRpc.multicall(logins(10))
                        .replace("<methodName>system", "<methodName>demo.sayHello</methodName><methodName> system")));
        all.add(multicall(
                "multicall with comments",
                "43.5",
                XmlRpc.multicall(logins(10)).replace("<string>wp.", "<!-- --><string><!-- x -->wp.")));
        all.add(pingbacks(
                "pingback flood", "44.1", 20, (guest, i) -> guest.ping("http://127.0.0.1/" + i, Blog.post(10))));
        all.add(pingbacks(
                "pingback to pages that are no posts",
                "44.2",
                8,
                (guest, i) -> guest.ping(guest.page("p" + i, "x"), "http://" + Network.SITE + "/?p=9" + i)));
        all.add(reflections("pingback to a closed port", "44.3", guest -> NOBODY_THERE, 16));
        all.add(reflections("pingback from a page without a link", "44.4", guest -> guest.page("unlinked", "x"), 17));
        all.add(reflections(
                "pingback from a page without a title", "44.5", guest -> guest.page("untitled", Blog.post(10)), 32));
        all.add(Burst.attack(
                "pingback multicall",
                Telling.PINGBACK,
                scene -> scene.guest("44.6")
                        .multicall(Collections.nCopies(
                                5,
                                XmlRpc.inner(
                                        "pingback.ping",
                                        List.of(XmlRpc.text(NOBODY_THERE), XmlRpc.text(Blog.post(10))))))));
        spellings().forEach(all::add);
        all.add(names("26 hostile names over XML-RPC", 46, (guest, name) -> guest.knock(name, "guess")));
        all.add(names("26 hostile names at the form", 47, (guest, name) -> guest.logIn(name, "guess")));
        all.add(Burst.attack("names that a log daemon would cut", Telling.LOGIN, scene -> {
            for (int length : List.of(7_900, 8_000, 8_040, 8_096, 150_000, 300_000)) {
                scene.guest("48." + (1 + length % 251))
                        .knock("x".repeat(length) + " from 8.8.8.8" + " ".repeat(70), "x");
            }
        }));
        all.add(guesses(
                "names and passwords left out",
                "49.1",
                (guest, i) -> guest.logIn(i % 2 == 0 ? "" : "admin", i % 2 == 0 ? "guess" : "")));
        all.add(guesses(
                "XML-RPC switched off",
                "49.2",
                (guest, i) -> guest.send(Asking.xml("/xmlrpc.php", XmlRpc.call(XmlRpc.LOGIN, "admin", "x" + i))
                        .with("X-Test-Disabled: 1"))));
        all.add(Burst.attack(
                "addresses of one IPv6 network",
                Telling.LOGIN,
                scene -> IntStream.range(1, 12)
                        .mapToObj(i -> scene.at("2001:db8:bad:1::" + Integer.toHexString(i)))
                        .forEach(guest -> guest.knock("admin", "guess"))));
        all.add(guesses(
                "one account in many spellings",
                "49.3",
                (guest, i) -> guest.knock(
                        List.of("ADMIN", "adm\u200bin", "\uff41dmin", "admin@example.test")
                                .get(i % 4),
                        "guess" + i)));
        return all;
    }

    /** Ways to write the same request; each by somebody else. */
    private static Stream<Burst> spellings() {
        String call = XmlRpc.call(XmlRpc.LOGIN, "admin", "guess");
        List<Asking> all = List.of(
                Asking.xml("//xmlrpc.php", call),
                Asking.xml("/./xmlrpc.php", call),
                Asking.xml("/x/../xmlrpc.php", call),
                Asking.xml("/%78mlrpc.php", call),
                Asking.xml("/xmlrpc.php/x", call),
                Asking.xml("/xmlrpc.php?x=1", call),
                Asking.xml("http://" + Network.SITE + "/xmlrpc.php", call),
                Asking.xml("/xmlrpc.php", call).in("HTTP/1.0"),
                Asking.xml("/xmlrpc.php", call).with("Transfer-Encoding: chunked"),
                Asking.form("/wp-login%2ephp", "log=admin&pwd=guess"),
                Asking.form("//wp-login.php/x", "log=admin&pwd=guess"));
        return IntStream.range(0, all.size()).mapToObj(at -> {
            String name = "spelling " + all.get(at).begin() + " " + all.get(at).version()
                    + (all.get(at).headers().size() > 1 ? " chunked" : "");
            return Burst.attack(name, Telling.LOGIN, scene -> {
                Guest guest = scene.guest("45." + (1 + at));
                guest.expect(guest.send(all.get(at)), 200);
            });
        });
    }

    /** What one guest does again and again. */
    private interface Guess {
        Reply by(Guest guest, int i);
    }

    private static Burst guesses(String name, String half, Guess guess) {
        return guesses(name, half, Telling.LOGIN, guess);
    }

    private static Burst guesses(String name, String half, java.util.regex.Pattern told, Guess guess) {
        return Burst.attack(name, told, scene -> {
            Guest guest = scene.guest(half);
            IntStream.range(0, GUESSES).forEach(i -> guess.by(guest, i));
        });
    }

    private static Burst seek(String name, String half, Function<Integer, String> path) {
        return Burst.attack(name, Telling.SEEKING, scene -> {
            Guest guest = scene.guest(half);
            IntStream.range(0, 4).forEach(i -> guest.get(path.apply(i)));
        });
    }

    private static Burst multicall(String name, String half, String call) {
        return Burst.attack(name, Telling.MULTICALL, scene -> {
            Guest guest = scene.guest(half);
            guest.send(Asking.xml("/xmlrpc.php", call));
        });
    }

    private static List<String> logins(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> login("admin", "guess" + i))
                .toList();
    }

    private static String cdata(String call) {
        return call.replaceAll("<string>([^<]*)</string>", "<string><![CDATA[$1]]></string>");
    }

    private static Burst pingbacks(String name, String half, int number, Guess guess) {
        return Burst.attack(name, Telling.PINGBACK, scene -> {
            Guest guest = scene.guest(half);
            IntStream.range(0, number).forEach(i -> guess.by(guest, i));
        });
    }

    /** Each takes a second and more of the site's time, so they are few. */
    private static Burst reflections(String name, String half, Function<Guest, String> source, int code) {
        return Burst.attack(name + ", code " + code, Telling.REFLECTED, scene -> {
            Guest guest = scene.guest(half);
            IntStream.range(0, 2).forEach(i -> guest.ping(source.apply(guest), Blog.post(10)));
        });
    }

    private static Burst names(String name, int network, java.util.function.BiConsumer<Guest, String> deed) {
        return Burst.attack(name, Telling.LOGIN, scene -> {
            List<String> names = HostileNames.all();
            IntStream.range(0, names.size())
                    .forEach(i -> deed.accept(scene.guest(network + "." + (1 + i)), names.get(i)));
        });
    }
}
