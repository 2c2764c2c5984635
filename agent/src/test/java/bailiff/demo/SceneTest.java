package bailiff.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SceneTest {

    @Test
    void all_scenes_areTheAttackTheFloodTheBotnetAndTheOwner() {
        assertThat(Scene.all())
                .extracting(scene -> scene.title() + ": " + scene.addresses().size())
                .containsExactly(
                        "dictionary attack: 1",
                        "pingback flood: 3",
                        "botnet, one try a wave: 40",
                        "owner who mistypes twice: 1");
        assertThat(Scene.all().stream().flatMap(scene -> scene.addresses().stream()))
                .doesNotHaveDuplicates();
    }

    @Test
    void play_owner_mistypesTwiceAndThenGetsIn() {
        Scene owner = Scene.all().getLast();
        List<Visit> visits = new ArrayList<>();

        owner.play(
                owner.addresses().getFirst(),
                stage(visits, Outcome.ANSWERED),
                account(),
                System.nanoTime() + 60_000_000_000L);

        assertThat(visits).extracting(Visit::right).containsExactly(false, false, true);
        assertThat(owner.visits.get()).isEqualTo(3);
        assertThat(owner.answered.get()).isEqualTo(3);
        assertThat(owner.refused.get()).isZero();
    }

    @Test
    void play_botnet_comesTwiceAndCountsItsRefusals() {
        Scene botnet = Scene.all().get(2);
        List<Visit> visits = new ArrayList<>();

        botnet.play(
                botnet.addresses().getFirst(),
                stage(visits, Outcome.REFUSED),
                account(),
                System.nanoTime() + 60_000_000_000L);

        assertThat(visits).hasSize(2).allMatch(visit -> !visit.right() && !visit.form());
        assertThat(botnet.refused.get()).isEqualTo(2);
        assertThat(botnet.answered.get()).isZero();
    }

    @Test
    void play_afterTheEnd_makesNoVisit() {
        Scene attack = Scene.all().getFirst();
        List<Visit> visits = new ArrayList<>();

        attack.play(attack.addresses().getFirst(), stage(visits, Outcome.ANSWERED), account(), System.nanoTime());

        assertThat(visits).isEmpty();
    }

    private static Account account() {
        return new Account(new PrintWriter(new StringWriter()));
    }

    private static Stage stage(List<Visit> visits, Outcome outcome) {
        return new Stage() {
            @Override
            public String description() {
                return "A list.";
            }

            @Override
            public Outcome visit(Visit visit) {
                visits.add(visit);
                return outcome;
            }

            @Override
            public void close() {}
        };
    }
}
