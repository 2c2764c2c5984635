package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TopNamesTest {

    /** Each name twice as often as ten others that come once each; two halves that see every second attempt. */
    private final TopNames all = new TopNames();

    private final TopNames even = new TopNames();
    private final TopNames odd = new TopNames();
    private int attempts;

    private void tried(String name) {
        all.add(name);
        (attempts % 2 == 0 ? even : odd).add(name);
        attempts++;
    }

    private void spray() {
        for (int i = 0; i < 3_000; i++) {
            tried("admin");
            tried(i % 3 == 0 ? "editor" : "name" + i);
        }
    }

    @Test
    void counts_ofFewNames_areExact() {
        tried("admin");
        tried("editor");
        tried("admin");

        assertThat(all.counts()).isEqualTo(Map.of("admin", 2, "editor", 1));
    }

    @Test
    void counts_ofWhoIsTriedOften_areWithinTheirBoundHoweverManyOthersThereAre() {
        spray();

        int most = attempts / TopNames.ROOM;
        assertThat(all.counts()).hasSize(TopNames.ROOM);
        assertThat(all.counts().get("admin")).isBetween(3_000, 3_000 + most);
        assertThat(all.counts().get("editor")).isBetween(1_000, 1_000 + most);
    }

    @Test
    void merge_ofTwoHalves_keepsTheBoundForTheWhole() {
        spray();

        even.merge(odd);

        int most = attempts / TopNames.ROOM;
        assertThat(even.counts()).hasSize(TopNames.ROOM);
        assertThat(even.counts().get("admin")).isBetween(3_000, 3_000 + most);
        assertThat(even.counts().get("editor")).isBetween(1_000, 1_000 + most);
    }

    @Test
    void add_nameThatIsNoAccount_isNotCounted() {
        all.add("");
        all.add("x".repeat(101));

        assertThat(all.counts()).isEmpty();
    }
}
