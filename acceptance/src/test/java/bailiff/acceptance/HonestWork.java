package bailiff.acceptance;

import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What people and programs do whom nobody may refuse. Each fails when they do not get what they came for. */
final class HonestWork {

    private static final String RIGHT = WordPress.PASSWORD;
    private static final int FOUND = 302;

    /** What people read pages with: nobody honest comes without a name, as the attacks here do. */
    private static final List<String> BROWSERS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
                    + " Mobile/15E148 Safari/604.1");

    private static final String APP = "wp-android/24.9";

    private HonestWork() {}

    private static Guest person(Scene scene, String half) {
        return scene.guest(half).with(BROWSERS.get(half.length() % BROWSERS.size()));
    }

    private static Guest program(Scene scene, String half) {
        return scene.guest(half).with(APP);
    }

    /** Somebody whose password was wrong once, and who gave up; in {@link #laterWithTheRightPassword} he is back. */
    static Burst wrongOnceAndAway() {
        return Burst.honest("owner who mistypes and goes away", scene -> {
            Guest owner = person(scene, "130.1");
            owner.expect(owner.fillIn("admin", "tpyo"), 200);
        });
    }

    static Burst laterWithTheRightPassword() {
        return Burst.honest("owner who mistyped in the attack's first wave, and is back", scene -> {
            Guest owner = person(scene, "130.1");
            owner.expect(owner.fillIn("admin", RIGHT), FOUND);
        });
    }

    /** Work that can be done by every way to the site. */
    static List<Burst> everywhere() {
        return List.of(
                Burst.honest(
                        "readers",
                        scene -> scene.guests(131, 5)
                                .forEach(reader -> Blog.pages()
                                        .forEach((page, text) -> reader.expectToRead(reader.get(page), text)))),
                mistypes("owner who mistypes once", "130.2", List.of("tpyo")),
                mistypes("owner who mistypes twice", "130.3", List.of("tpyo", "typp")),
                mistypes("owner who mistypes three times", "130.4", List.of("tpyo", "typp", "right-pasword")),
                Burst.honest("owner who mistypes his name three times", scene -> {
                    Guest owner = person(scene, "130.5");
                    List.of("amdin", "adminn", "admim").forEach(name -> owner.expect(owner.fillIn(name, RIGHT), 200));
                    owner.expect(owner.fillIn("admin", RIGHT), FOUND);
                }),
                Burst.honest("office of 30 behind one address", HonestWork::office),
                Burst.honest("app with one old password", scene -> {
                    Guest app = program(scene, "130.7");
                    IntStream.range(0, 18).forEach(i -> app.expect(app.knock("editor", "of last year"), 200));
                    app.expectGranted(app.knock("editor", RIGHT));
                }),
                Burst.honest("owner at home, where his phone has an old password", scene -> {
                    Guest home = person(scene, "130.8");
                    home.expect(home.fillIn("editor", RIGHT), FOUND);
                    home.with(APP);
                    IntStream.range(0, 12).forEach(i -> home.expect(home.knock("editor", "of last year"), 200));
                    home.with(BROWSERS.getFirst());
                    home.expect(home.fillIn("editor", RIGHT), FOUND);
                }),
                Burst.honest("owner who resets his password", HonestWork::reset),
                Burst.honest("editor who posts 50 items over XML-RPC", scene -> {
                    Guest editor = program(scene, "130.10");
                    IntStream.range(0, 50)
                            .forEach(i -> editor.expectGranted(editor.send(Asking.xml(
                                    "/xmlrpc.php",
                                    XmlRpc.calling("metaWeblog.newPost", XmlRpc.post("editor", RIGHT, "Item " + i))))));
                }),
                Burst.honest("app that reads much in one request", scene -> {
                    Guest app = program(scene, "130.11");
                    List<String> arguments = List.of(XmlRpc.text("1"), XmlRpc.text("editor"), XmlRpc.text(RIGHT));
                    IntStream.range(0, 3)
                            .forEach(i -> app.expectGranted(app.multicall(List.of(
                                    XmlRpc.inner("wp.getOptions", arguments),
                                    XmlRpc.inner("wp.getCategories", arguments),
                                    XmlRpc.inner("wp.getTags", arguments),
                                    XmlRpc.inner("wp.getPostFormats", arguments),
                                    XmlRpc.inner("wp.getProfile", arguments)))));
                }),
                Burst.honest("program with an application password", scene -> {
                    Guest program = program(scene, "130.12");
                    String password = scene.blog().applicationPassword();
                    IntStream.range(0, 8)
                            .forEach(i -> program.expect(
                                    program.basic("/?rest_route=/wp/v2/users/me", "editor", password), 200));
                }),
                Burst.honest("search engine", scene -> {
                    Guest engine = scene.guest("130.13");
                    for (int i = 1; i < 8; i++) {
                        engine.expect(engine.get("/?author=" + i), 200, 301, 404);
                        engine.expect(engine.get("/?p=" + (10 + i)), 200);
                    }
                    engine.expect(engine.get("/?sitemap=users"), 200);
                    engine.expect(engine.get("/?sitemap=index"), 200);
                }));
    }

    /** Work that takes a certain address, or much time. */
    static List<Burst> direct() {
        return List.of(
                Burst.honest("program that posts 1,000 items", scene -> {
                    Guest program = program(scene, "132.1");
                    for (int i = 0; i < 10; i++) {
                        int round = i;
                        program.expectGranted(program.multicall(IntStream.range(0, 100)
                                .mapToObj(item -> XmlRpc.inner(
                                        "metaWeblog.newPost", XmlRpc.post("editor", RIGHT, round + " of " + item)))
                                .toList()));
                    }
                }),
                Burst.honest("Jetpack", scene -> {
                    Guest jetpack = scene.at("192.0.84.7");
                    for (int i = 0; i < 10; i++) {
                        jetpack.expect(jetpack.call("jetpack.testConnection"), 200);
                        jetpack.expect(jetpack.knock("editor", "token " + i), 200);
                        jetpack.expect(jetpack.get("/?rest_route=/"), 200);
                    }
                }),
                Burst.honest("blog that links to three posts at once, and says it again", scene -> {
                    Guest blog = scene.guest("132.3");
                    for (int round = 0; round < 2; round++) {
                        for (int post = 20; post < 23; post++) {
                            blog.expect(blog.ping(blog.page("article" + post, Blog.post(post)), Blog.post(post)), 200);
                        }
                    }
                }),
                Burst.honest(
                        "busy blog's pingbacks",
                        scene -> scene.guests(133, 4)
                                .forEach(blog ->
                                        // WordPress takes pingbacks that come close upon each other for a flood,
                                        // whoever sends them.
                                        blog.expect(
                                                blog.ping(blog.page("article", Blog.post(23)), Blog.post(23)), 200))));
    }

    private static Burst mistypes(String name, String half, List<String> wrong) {
        return Burst.honest(name, scene -> {
            Guest owner = person(scene, half);
            wrong.forEach(password -> owner.expect(owner.fillIn("admin", password), 200));
            owner.expect(owner.fillIn("admin", RIGHT), FOUND);
        });
    }

    /** One in five mistypes, one in twenty twice. */
    private static void office(Scene scene) {
        Guest address = person(scene, "130.6");
        Random chance = new Random(4711);
        for (int person = 1; person <= 30; person++) {
            String name = "staff" + person;
            double luck = chance.nextDouble();
            for (int i = 0; i < (luck < 0.05 ? 2 : luck < 0.2 ? 1 : 0); i++) {
                address.expect(address.fillIn(name, "tpyo" + i), 200);
            }
            address.expect(address.fillIn(name, RIGHT), FOUND);
        }
    }

    private static void reset(Scene scene) {
        Guest owner = person(scene, "130.9");
        String user = "staff" + (owner.address().startsWith("198.18.") ? 29 : 30);
        owner.expect(owner.fillIn(user, "forgotten"), 200);
        owner.expect(owner.fillIn(user, "forgotten too"), 200);
        owner.expect(owner.send(Asking.form("/wp-login.php?action=lostpassword", "user_login=" + user)), FOUND);
        String key = scene.blog().key(user);
        Reply link = owner.expect(owner.get("/wp-login.php?action=rp&key=" + key + "&login=" + user), FOUND);
        String cookies = "Cookie: " + link.cookies();
        Reply form =
                owner.expect(owner.send(Asking.get("/wp-login.php?action=rp").with(cookies)), 200);
        Matcher hidden = Pattern.compile("name=\"rp_key\" value=\"([^\"]+)\"").matcher(form.text());
        if (!hidden.find()) {
            throw new AssertionError("no form for a new password: " + form);
        }
        String fields = "pass1=" + RIGHT + "&pass2=" + RIGHT + "&rp_key=" + hidden.group(1);
        owner.expect(
                owner.send(Asking.form("/wp-login.php?action=resetpass", fields).with(cookies)), 200);
        owner.expect(owner.fillIn(user, RIGHT), FOUND);
    }
}
