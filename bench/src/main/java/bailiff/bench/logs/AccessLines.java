package bailiff.bench.logs;

import java.util.Map;

/** What Apache logs for a small site in its combined form: pages and what belongs to them, bots, and the attack. */
final class AccessLines {

    private static final String[] BROWSERS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6"
                + " Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5"
                + " Safari/605.1.15",
        "Mozilla/5.0 (Linux; Android 14; Phone) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile"
                + " Safari/537.36"
    };

    private static final String[] BOTS = {
        "Mozilla/5.0 (compatible; ExampleBot/2.1; +https://search.example.com/about-our-bot.html)",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; LearningBot/1.2; +https://bots.example.com/learning)"
                + " Chrome/136.0.0.0 Safari/537.36",
        "ReadLaterFetcher/3.4 (+https://reader.example.net/fetcher; 214 subscribers; feed-id=8812671)",
        "UptimeProbe/1.0 (https://uptime.example.com)"
    };

    private AccessLines() {}

    /** A request for {@code /xmlrpc.php}, as guessers of passwords send it. */
    static Part attack(Stamp stamp, Attackers attackers) {
        return Phrase.of(
                "{attacker} - - [{time}] \"POST /xmlrpc.php HTTP/1.1\" {status} {size} \"-\" \"{agent}\"",
                Map.of(
                        "attacker", attackers,
                        "time", stamp,
                        "status", Part.oneOf("200", "200", "200", "403"),
                        "size", Part.number(370, 900),
                        "agent", Part.oneOf(BROWSERS)));
    }

    /** A line of everything else: nobody's attack. */
    static Part other(Stamp stamp) {
        return new Phrases(Map.of(
                        "visitor", Part.visitor(),
                        "time", stamp,
                        "size", Part.number(200, 90_000),
                        "year", Part.number(2_019, 2_027),
                        "month", Part.oneOf("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"),
                        "slug", Part.oneOf("how-to-bake-bread", "a-walk-along-the-river", "new-opening-hours", "hello"),
                        "n", Part.number(1, 5_000),
                        "from", Part.oneOf("https://blog.example.org/", "https://search.example.com/", "-"),
                        "browser", Part.oneOf(BROWSERS),
                        "bot", Part.oneOf(BOTS)))
                .add(
                        30,
                        "{visitor} - - [{time}] \"GET /{year}/{month}/{slug}-{n}/ HTTP/1.1\" 200 {size} \"{from}\""
                                + " \"{browser}\"")
                .add(
                        20,
                        "{visitor} - - [{time}] \"GET /wp-content/uploads/{year}/{month}/photo-{n}-1024x683.jpg HTTP/2.0\""
                                + " 200 {size} \"https://blog.example.org/{slug}/\" \"{browser}\"")
                .add(
                        20,
                        "{visitor} - - [{time}] \"GET /wp-content/themes/paper/style.css?ver=6.8.{n} HTTP/2.0\" 304 -"
                                + " \"https://blog.example.org/{slug}/\" \"{browser}\"")
                .add(
                        10,
                        "{visitor} - - [{time}] \"GET /wp-includes/js/jquery/jquery.min.js?ver=3.7.1 HTTP/2.0\" 200 87553"
                                + " \"https://blog.example.org/{slug}/\" \"{browser}\"")
                .add(
                        14,
                        "{visitor} - - [{time}] \"GET /{year}/{month}/{slug}-{n}/ HTTP/1.1\" 200 {size} \"-\" \"{bot}\"")
                .add(4, "{visitor} - - [{time}] \"GET /feed/ HTTP/1.1\" 304 - \"-\" \"{bot}\"")
                .add(
                        3,
                        "{visitor} - - [{time}] \"GET /?s={slug}%20and%20more&page={n} HTTP/1.1\" 200 {size} \"{from}\""
                                + " \"{browser}\"")
                .add(
                        2,
                        "{visitor} - - [{time}] \"POST /wp-admin/admin-ajax.php HTTP/2.0\" 200 {n}"
                                + " \"https://blog.example.org/{slug}/\" \"{browser}\"")
                .add(2, "{visitor} - - [{time}] \"GET /robots.txt HTTP/1.1\" 200 67 \"-\" \"{bot}\"")
                .add(1, "{visitor} - - [{time}] \"GET /xmlrpc.php?rsd HTTP/1.1\" 405 42 \"-\" \"{bot}\"")
                .add(1, "{visitor} - - [{time}] \"GET /{slug}/.env.{n} HTTP/1.1\" 404 196 \"-\" \"{bot}\"");
    }
}
