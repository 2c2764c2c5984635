package bailiff.ban;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How bans grow with their number: fail2ban's {@code bantime.increment} and what belongs to it.
 *
 * @param on whether they grow at all
 * @param formula the length of the next ban, in seconds; not asked where there are multipliers
 * @param factor {@code bantime.factor}, what {@code banFactor} stands for
 * @param multipliers for the first, second, ... ban after the first; the last of them for all further; may be empty
 * @param most the longest ban in seconds; infinite where there is no such bound
 * @param spread up to so many seconds are added by chance, so that nobody can tell when a ban ends
 * @param everywhere whether bans of all jails count, and not only those of the same
 */
public record Increment(
        boolean on,
        Formula formula,
        Formula factor,
        List<Long> multipliers,
        double most,
        double spread,
        boolean everywhere) {

    /** What fail2ban reckons by where nothing is said: twice as long each time, up to the twentieth. */
    public static final String USUAL_FORMULA = "ban.Time * (1<<(ban.Count if ban.Count<20 else 20)) * banFactor";

    /** {@link #factor} where nothing is said. */
    public static final String USUAL_FACTOR = "1";

    /** Multipliers of one jail. */
    public static final int MOST_MULTIPLIERS = 1_000;

    /** Bans do not grow. */
    public static final Increment NONE = none();

    public Increment {
        multipliers = List.copyOf(multipliers);
    }

    private static Increment none() {
        try {
            return new Increment(
                    false,
                    Formula.parse(USUAL_FORMULA),
                    Formula.parse(USUAL_FACTOR),
                    List.of(),
                    Double.POSITIVE_INFINITY,
                    0,
                    false);
        } catch (FormulaException e) {
            throw new IllegalStateException("the usual formula is sound", e);
        }
    }

    /**
     * How long the ban after {@code bancount} others lasts, in seconds; -1 for ever.
     *
     * @param bantime the jail's own {@code bantime} in seconds, whole or not
     * @param bancount the bans before, at least 1
     * @throws FormulaException where the formula has no value for these, or one that is no time
     */
    public double seconds(double bantime, int bancount, RandomGenerator random) throws FormulaException {
        PythonNumber time = bantime == Math.rint(bantime) ? PythonNumber.of((long) bantime) : PythonNumber.of(bantime);
        PythonNumber count = PythonNumber.of(bancount);
        Node.Scope outside = new Node.Scope(time, count, PythonNumber.ONE);
        Node.Scope scope = new Node.Scope(time, count, factor.value(outside));
        double grown = Math.min((multipliers.isEmpty() ? byFormula(scope) : multiplied(scope, bancount)).real(), most);
        double seconds = spread == 0 ? grown : grown + random.nextDouble() * spread;
        if (!Double.isFinite(seconds)) {
            throw new FormulaException("it gives no time for ban " + (bancount + 1L));
        }
        return seconds;
    }

    /** Never shorter than {@code bantime}; what is no number is not longer. */
    private PythonNumber byFormula(Node.Scope scope) throws FormulaException {
        PythonNumber grown = formula.value(scope);
        return !grown.isNaN() && grown.compare(scope.time()) > 0 ? grown : scope.time();
    }

    private PythonNumber multiplied(Node.Scope scope, int bancount) throws FormulaException {
        long multiplier = multipliers.get(Math.min(bancount, multipliers.size() - 1));
        return PythonArithmetic.multiply(
                PythonArithmetic.multiply(scope.time(), scope.factor()), PythonNumber.of(multiplier));
    }
}
