package bailiff.filter;

import static bailiff.filter.Recipe.apply;
import static bailiff.filter.Recipe.filter;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a line blames, read where it stands in the line, is whom the text of its groups blames. */
class BlameTest {

    private static final long SEED = 20261121;

    private static final List<String> TAGS = List.of(
            "<HOST>",
            "<ADDR>",
            "<IP4>",
            "<IP6>",
            "<SUBNET>",
            "<CIDR>",
            "<DNS>",
            "\\[<ADDR>\\]:\\d+",
            "<F-ID>\\S+</F-ID>");

    private static final List<String> HOSTS = List.of(
            "192.0.2.1",
            "255.255.255.255",
            "192.0.2.01",
            "192.0.2.256",
            "192.0.2.1.5",
            "::ffff:192.0.2.1",
            "[::ffff:192.0.2.1]",
            "64:ff9b::192.0.2.1",
            "64:ff9b::c000:201",
            "2001:db8::1",
            "2001:DB8:0:0:0:0:0:1",
            "[2001:db8::1]",
            "[2001:db8::1]:22",
            "192.0.2.1:22",
            "192.0.2.0/24",
            "192.0.2.7/24",
            "192.0.2.7/32",
            "2001:db8::/32",
            "fe80::1%eth0",
            "::",
            "1::2::3",
            "attacker.example",
            "8.8.8.8.example",
            "x8.8.8.8",
            "admin",
            "хост.example");

    @ParameterizedTest
    @CsvSource({
        "Зоя, 192.0.2.1, 192.0.2.1",
        "eve, ::ffff:192.0.2.1, 192.0.2.1",
        "eve, 64:ff9b::192.0.2.1, 64:ff9b::c000:201",
        "eve, 2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "eve, [2001:db8::1], 2001:db8::1",
        "eve from 8.8.8.8, 192.0.2.1, 192.0.2.1",
        "\ufffd\ufffd, 192.0.2.1, 192.0.2.1",
        "eve, attacker.example, attacker.example"
    })
    void apply_theRecipe_blamesTheHostInItsCanonicalForm(String user, String written, String host)
            throws RegexException {
        Filter filter = filter("^ vm x: failed <F-USER>.*</F-USER> from <HOST>$");

        Outcome outcome = apply(filter, "2026-11-20T11:03:14Z vm x: failed " + user + " from " + written);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Matched.class, matched -> {
            assertThat(matched.sighting().host()).isEqualTo(host);
            assertThat(matched.sighting().address()).isEqualTo(IpAddress.parse(host));
            assertThat(matched.sighting().user()).contains(user);
        });
    }

    @Test
    void blame_anyTagOverAnyHost_isWhomItsGroupsBlame() throws RegexException {
        Random random = new Random(SEED);
        int blamed = 0;
        for (String tag : TAGS) {
            Expression none = Dialect.compile("");
            Expression prefix = Dialect.compile("^x: <F-CONTENT>.+</F-CONTENT>$");
            Expression expression = Dialect.compile("(?:<F-USER>\\w+</F-USER> )?from " + tag);
            for (int i = 0; i < 400; i++) {
                String host = HOSTS.get(random.nextInt(HOSTS.size())) + (random.nextInt(4) == 0 ? "é" : "");
                String line = "x: " + (random.nextBoolean() ? "Зоя " : "") + "from " + host + " end\n";
                blamed += isBlamedAlike(random.nextBoolean() ? prefix : none, expression, line) ? 1 : 0;
            }
        }
        assertThat(blamed).isGreaterThan(500);
    }

    private static String doubt(Blame blame) {
        return blame.host() + " to " + blame.end() + ": " + blame.doubt();
    }

    private static boolean isBlamedAlike(Expression prefix, Expression expression, String line) {
        Subject whole = Dialect.subject(line);
        Subject content = new Subject();
        assertThat(prefix.finds(whole)).isTrue();
        Subject seen = content.loadContent(whole, prefix) ? content : whole;
        if (!expression.finds(seen)) {
            return false;
        }
        Find first = new Find(prefix, whole);
        Find second = new Find(expression, seen);
        Taking taking = Taking.of(prefix, expression);

        Optional<Blame> blame = taking.blame(first, second, taking.of(first, second));

        assertThat(blame.map(Blame::host)).as(line).isEqualTo(Blame.host(taking.of(first, second)));
        assertThat(blame.map(BlameTest::doubt))
                .isEqualTo(Blame.of(first, second, taking.of(first, second)).map(BlameTest::doubt));
        return blame.isPresent();
    }
}
