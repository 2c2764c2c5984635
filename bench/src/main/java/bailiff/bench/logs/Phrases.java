package bailiff.bench.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Phrases of which some are said more often than others. */
final class Phrases implements Part {

    private final List<Phrase> drawn = new ArrayList<>();
    private final Map<String, Part> slots;

    /** None yet; what is added may use these slots. */
    Phrases(Map<String, Part> slots) {
        this.slots = slots;
    }

    /** Adds one that is said so many times as often as one of weight 1. */
    Phrases add(int weight, String text) {
        Phrase phrase = Phrase.of(text, slots);
        for (int i = 0; i < weight; i++) {
            drawn.add(phrase);
        }
        return this;
    }

    @Override
    public void write(LineBytes line, Dice dice) {
        drawn.get(dice.below(drawn.size())).write(line, dice);
    }
}
