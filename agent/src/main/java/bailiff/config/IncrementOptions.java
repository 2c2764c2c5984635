package bailiff.config;

import bailiff.ban.Bantime;
import bailiff.ban.Formula;
import bailiff.ban.FormulaException;
import bailiff.ban.Increment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Reads {@code bantime.increment} and what belongs to it. Where bans do not grow, the rest is read as well, since a
 * client may let them grow later, but what is wrong with it is passed over. Not thread-safe: made for one jail.
 */
final class IncrementOptions {

    private final JailOptions options;
    private final boolean on;

    IncrementOptions(JailOptions options) {
        this.options = options;
        this.on = options.flag("bantime.increment", false);
    }

    /** How bans of that length grow; {@link Increment#NONE} where the options say nothing. */
    Increment read(Bantime bantime) {
        Increment increment = new Increment(
                on,
                formula("bantime.formula", Increment.NONE.formula()),
                formula("bantime.factor", Increment.NONE.factor()),
                multipliers(),
                seconds("bantime.maxtime", Increment.NONE.most(), true),
                seconds("bantime.rndtime", Increment.NONE.spread(), false),
                everywhere());
        IncrementText.unreckonable(increment, bantime)
                .ifPresent(message -> options.text("bantime.formula")
                        .or(() -> options.text("bantime.factor"))
                        .or(() -> options.text("bantime.increment"))
                        .ifPresent(value -> options.refuse(value, message)));
        return increment;
    }

    private boolean everywhere() {
        String option = "bantime.overalljails";
        if (on) {
            return options.flag(option, false);
        }
        return options.text(option)
                .map(Passage::text)
                .filter(IncrementText::isYes)
                .isPresent();
    }

    private Formula formula(String option, Formula otherwise) {
        Optional<Passage> value = options.text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Formula.parse(value.get().text().strip());
        } catch (FormulaException e) {
            if (on) {
                options.refuse(value.get(), Quoted.plain(String.valueOf(e.getMessage())));
            }
            return otherwise;
        }
    }

    private List<Long> multipliers() {
        Optional<Passage> value = options.text("bantime.multipliers");
        Optional<List<Long>> read = value.flatMap(text -> IncrementText.multipliers(text.text()));
        if (on && value.isPresent() && read.isEmpty()) {
            options.wrong(value.get(), IncrementText.MULTIPLIERS);
        }
        return read.orElse(List.of());
    }

    private double seconds(String option, double otherwise, boolean orForEver) {
        Optional<Passage> value = options.text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        OptionalDouble read = IncrementText.seconds(value.get().text(), orForEver);
        if (on && read.isEmpty()) {
            options.wrong(value.get(), IncrementText.TIME);
        }
        return read.orElse(otherwise);
    }
}
