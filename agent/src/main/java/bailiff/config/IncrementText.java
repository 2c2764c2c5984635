package bailiff.config;

import bailiff.ban.Bantime;
import bailiff.ban.Formula;
import bailiff.ban.FormulaException;
import bailiff.ban.Increment;
import bailiff.evidence.RateCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** What the texts of {@code bantime.increment} and its like mean. Stateless. */
public final class IncrementText {

    static final String TIME = "a time such as 600, 10m or 1d 12h";
    static final String MULTIPLIERS =
            "at most " + Increment.MOST_MULTIPLIERS + " whole numbers with blanks between them";

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /* A formula that has no value for one of the first bans is a mistake; for the hundredth it may be one of size. */
    private static final int BANS_TRIED = 5;

    private IncrementText() {}

    /**
     * The same with one of its options changed.
     *
     * @param bantime the jail's, with which the outcome has to be reckonable
     * @param option the option's name without {@code bantime.}
     * @param text its value; empty for what holds where nothing is said
     * @return nothing when there is no such option
     * @throws FormulaException when the value cannot be one of the option's, with what was read and what was expected
     */
    public static Optional<Increment> with(Increment now, Bantime bantime, String option, String text)
            throws FormulaException {
        boolean unset = text.isBlank();
        Increment usual = Increment.NONE;
        Parts parts = new Parts(now);
        switch (option) {
            case "increment" -> parts.on = isYes(text);
            case "formula" -> parts.formula = unset ? usual.formula() : Formula.parse(text.strip());
            case "factor" -> parts.factor = unset ? usual.factor() : Formula.parse(text.strip());
            case "multipliers" ->
                parts.multipliers = unset ? List.of() : multipliers(text).orElseThrow(() -> wrong(text, MULTIPLIERS));
            case "maxtime" -> parts.most = unset ? usual.most() : known(seconds(text, true), text);
            case "rndtime" -> parts.spread = unset ? usual.spread() : known(seconds(text, false), text);
            case "overalljails" -> parts.everywhere = isYes(text);
            default -> {
                return Optional.empty();
            }
        }
        Increment changed = parts.increment();
        Optional<String> unreckonable = unreckonable(changed, bantime);
        if (unreckonable.isPresent()) {
            throw new FormulaException(unreckonable.get());
        }
        return Optional.of(changed);
    }

    /** Whether the text is a word for yes. */
    static boolean isYes(String text) {
        return JailOptions.YES.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** An increment in the making. */
    private static final class Parts {

        private boolean on;
        private Formula formula;
        private Formula factor;
        private List<Long> multipliers;
        private double most;
        private double spread;
        private boolean everywhere;

        Parts(Increment now) {
            on = now.on();
            formula = now.formula();
            factor = now.factor();
            multipliers = now.multipliers();
            most = now.most();
            spread = now.spread();
            everywhere = now.everywhere();
        }

        Increment increment() {
            return new Increment(on, formula, factor, multipliers, most, spread, everywhere);
        }
    }

    private static FormulaException wrong(String text, String expected) {
        return new FormulaException("read " + Quoted.of(text.strip()) + ", expected " + expected);
    }

    private static double known(OptionalDouble seconds, String text) throws FormulaException {
        return seconds.orElseThrow(() -> wrong(text, TIME));
    }

    /** The numbers of {@code bantime.multipliers}; nothing when they are none, or too many. */
    static Optional<List<Long>> multipliers(String text) {
        List<Long> multipliers = new ArrayList<>();
        for (String word : BLANKS.split(text.strip(), -1)) {
            if (!word.matches("[+-]?[0-9]{1,12}")) {
                return Optional.empty();
            }
            multipliers.add(Long.parseLong(word));
        }
        return multipliers.size() > Increment.MOST_MULTIPLIERS ? Optional.empty() : Optional.of(multipliers);
    }

    /** The seconds of a time that is not negative, or perhaps -1 for ever; nothing when it is none. */
    static OptionalDouble seconds(String text, boolean orForEver) {
        Optional<Duration> time = TimeExpression.parse(text);
        boolean forEver =
                orForEver && time.filter(Duration.ofSeconds(-1)::equals).isPresent();
        if (time.isEmpty() || (time.get().isNegative() && !forEver)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(RateCount.seconds(time.get()));
    }

    /** What cannot be reckoned, told now, and not when somebody should be banned for longer; nothing when all can. */
    static Optional<String> unreckonable(Increment increment, Bantime bantime) {
        if (bantime.isForEver() || !increment.on()) {
            return Optional.empty();
        }
        for (int bancount = 1; bancount <= BANS_TRIED; bancount++) {
            try {
                increment.seconds(RateCount.seconds(bantime.length()), bancount, new SplittableRandom(0));
            } catch (FormulaException e) {
                return Optional.of("cannot be reckoned for ban " + (bancount + 1) + ": " + e.getMessage());
            }
        }
        return Optional.empty();
    }
}
