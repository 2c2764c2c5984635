package bailiff.config;

import bailiff.ban.Bantime;
import bailiff.ban.Formula;
import bailiff.ban.FormulaException;
import bailiff.ban.Increment;
import bailiff.evidence.RateCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Reads {@code bantime.increment} and what belongs to it. Not thread-safe: made for one jail.
 */
final class IncrementOptions {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String TIME = "a time such as 600, 10m or 1d 12h";

    /* A formula that has no value for one of the first bans is a mistake; for the hundredth it may be one of size. */
    private static final int BANS_TRIED = 5;

    private final JailOptions options;

    IncrementOptions(JailOptions options) {
        this.options = options;
    }

    /** How bans of that length grow; {@link Increment#NONE} where the options do not say that they do. */
    Increment read(Bantime bantime) {
        if (!options.flag("bantime.increment", false)) {
            return Increment.NONE;
        }
        Increment increment = new Increment(
                true,
                formula("bantime.formula", Increment.NONE.formula()),
                formula("bantime.factor", Increment.NONE.factor()),
                multipliers(),
                seconds("bantime.maxtime", Increment.NONE.most(), true),
                seconds("bantime.rndtime", 0, false),
                options.flag("bantime.overalljails", false));
        tryOut(increment, bantime);
        return increment;
    }

    private Formula formula(String option, Formula otherwise) {
        Optional<Passage> value = options.text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            return Formula.parse(value.get().text().strip());
        } catch (FormulaException e) {
            options.refuse(value.get(), Quoted.plain(String.valueOf(e.getMessage())));
            return otherwise;
        }
    }

    private List<Long> multipliers() {
        List<Long> multipliers = new ArrayList<>();
        Optional<Passage> value = options.text("bantime.multipliers");
        if (value.isEmpty()) {
            return multipliers;
        }
        for (String word : BLANKS.split(value.get().text().strip(), -1)) {
            if (!word.matches("[+-]?[0-9]{1,12}")) {
                options.wrong(value.get(), "whole numbers with blanks between them");
                return List.of();
            }
            multipliers.add(Long.parseLong(word));
        }
        if (multipliers.size() > Increment.MOST_MULTIPLIERS) {
            options.wrong(value.get(), "at most " + Increment.MOST_MULTIPLIERS + " numbers");
            return List.of();
        }
        return multipliers;
    }

    private double seconds(String option, double otherwise, boolean orForEver) {
        Optional<Passage> value = options.text(option);
        Optional<Duration> time = value.flatMap(text -> TimeExpression.parse(text.text()));
        if (value.isEmpty()) {
            return otherwise;
        }
        boolean forEver =
                orForEver && time.filter(Duration.ofSeconds(-1)::equals).isPresent();
        if (time.isEmpty() || (time.get().isNegative() && !forEver)) {
            options.wrong(value.get(), TIME);
            return otherwise;
        }
        return RateCount.seconds(time.get());
    }

    /** What cannot be reckoned is told now, and not when somebody should be banned for longer. */
    private void tryOut(Increment increment, Bantime bantime) {
        if (bantime.isForEver()) {
            return;
        }
        for (int bancount = 1; bancount <= BANS_TRIED; bancount++) {
            try {
                increment.seconds(RateCount.seconds(bantime.length()), bancount, new SplittableRandom(0));
            } catch (FormulaException e) {
                String message = "cannot be reckoned for ban " + (bancount + 1) + ": " + e.getMessage();
                options.text("bantime.formula")
                        .or(() -> options.text("bantime.factor"))
                        .or(() -> options.text("bantime.increment"))
                        .ifPresent(value -> options.refuse(value, message));
                return;
            }
        }
    }
}
