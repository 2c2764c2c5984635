package bailiff.ban;

import bailiff.ban.PythonNumber.Real;
import bailiff.ban.PythonNumber.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The functions and constants that a formula may name: some of Python's own, and of its module math. */
final class PythonMath {

    /** A function of numbers. */
    interface Function {
        PythonNumber of(List<PythonNumber> arguments) throws FormulaException;
    }

    /* Digits after the point that round may be asked for; beyond, a float has none that it could lose. */
    private static final int MOST_DIGITS = 400;

    static final Map<String, PythonNumber> CONSTANTS = Map.of(
            "math.pi", PythonNumber.of(Math.PI),
            "math.e", PythonNumber.of(Math.E),
            "math.tau", PythonNumber.of(2 * Math.PI),
            "math.inf", PythonNumber.of(Double.POSITIVE_INFINITY),
            "math.nan", PythonNumber.of(Double.NaN));

    static final Map<String, Function> FUNCTIONS = Map.ofEntries(
            Map.entry("min", arguments -> extreme(arguments, -1)),
            Map.entry("max", arguments -> extreme(arguments, 1)),
            Map.entry("abs", arguments -> abs(count(arguments, 1, 1))),
            Map.entry("round", arguments -> round(count(arguments, 1, 2))),
            Map.entry("int", arguments -> rounded(count(arguments, 1, 1).getFirst(), RoundingMode.DOWN)),
            Map.entry("float", arguments -> PythonNumber.of(first(arguments))),
            Map.entry(
                    "pow",
                    arguments -> PythonArithmetic.power(count(arguments, 2, 2).getFirst(), arguments.get(1))),
            Map.entry("math.floor", arguments -> rounded(count(arguments, 1, 1).getFirst(), RoundingMode.FLOOR)),
            Map.entry("math.ceil", arguments -> rounded(count(arguments, 1, 1).getFirst(), RoundingMode.CEILING)),
            Map.entry("math.trunc", arguments -> rounded(count(arguments, 1, 1).getFirst(), RoundingMode.DOWN)),
            Map.entry("math.log", arguments -> log(count(arguments, 1, 2))),
            Map.entry("math.log2", arguments -> quotient(log(count(arguments, 1, 1)), Math.log(2))),
            Map.entry("math.log10", arguments -> real(arguments, x -> x > 0 ? Math.log10(x) : Double.NaN)),
            Map.entry("math.log1p", arguments -> real(arguments, x -> x > -1 ? Math.log1p(x) : Double.NaN)),
            Map.entry("math.exp", arguments -> real(arguments, Math::exp)),
            Map.entry("math.expm1", arguments -> real(arguments, Math::expm1)),
            Map.entry("math.sqrt", arguments -> real(arguments, Math::sqrt)),
            Map.entry("math.fabs", arguments -> real(arguments, Math::abs)),
            Map.entry("math.sin", arguments -> real(arguments, Math::sin)),
            Map.entry("math.cos", arguments -> real(arguments, Math::cos)),
            Map.entry("math.tan", arguments -> real(arguments, Math::tan)),
            Map.entry("math.atan", arguments -> real(arguments, Math::atan)),
            Map.entry("math.sinh", arguments -> real(arguments, Math::sinh)),
            Map.entry("math.cosh", arguments -> real(arguments, Math::cosh)),
            Map.entry("math.tanh", arguments -> real(arguments, Math::tanh)),
            Map.entry("math.pow", arguments -> mathPow(count(arguments, 2, 2))));

    private PythonMath() {}

    private static List<PythonNumber> count(List<PythonNumber> arguments, int least, int most) throws FormulaException {
        if (arguments.size() < least || arguments.size() > most) {
            String wanted = least == most ? String.valueOf(least) : least + " to " + most;
            throw new FormulaException("a function has " + arguments.size() + " arguments, expected " + wanted);
        }
        return arguments;
    }

    private static double first(List<PythonNumber> arguments) throws FormulaException {
        return count(arguments, 1, 1).getFirst().real();
    }

    /** A function that Python refuses where it has no value, or one beyond the floats. */
    private static PythonNumber real(List<PythonNumber> arguments, DoubleUnaryOperator function)
            throws FormulaException {
        double argument = first(arguments);
        return PythonNumber.of(sound(function.applyAsDouble(argument), Double.isFinite(argument)));
    }

    private static double sound(double value, boolean fromFinite) throws FormulaException {
        if (fromFinite && !Double.isFinite(value)) {
            throw new FormulaException("a function has no value there, or one beyond the floats");
        }
        return value;
    }

    private static PythonNumber log(List<PythonNumber> arguments) throws FormulaException {
        PythonNumber logarithm = PythonNumber.of(logarithm(arguments.getFirst()));
        return arguments.size() == 1 ? logarithm : quotient(logarithm, logarithm(arguments.get(1)));
    }

    private static PythonNumber quotient(PythonNumber logarithm, double base) throws FormulaException {
        return PythonArithmetic.divide(logarithm, PythonNumber.of(base));
    }

    private static double logarithm(PythonNumber number) throws FormulaException {
        double real = number.real();
        return sound(real > 0 ? Math.log(real) : Double.NaN, Double.isFinite(real));
    }

    private static PythonNumber mathPow(List<PythonNumber> arguments) throws FormulaException {
        double base = arguments.getFirst().real();
        double exponent = arguments.get(1).real();
        return PythonNumber.of(sound(pow(base, exponent), Double.isFinite(base) && Double.isFinite(exponent)));
    }

    /** C's pow, which takes 1 to any power for 1; Java's does not when the exponent is no number or infinite. */
    static double pow(double base, double exponent) {
        boolean one = base == 1 || (base == -1 && Double.isInfinite(exponent));
        return one ? 1 : Math.pow(base, exponent);
    }

    private static PythonNumber extreme(List<PythonNumber> arguments, int sign) throws FormulaException {
        PythonNumber extreme = count(arguments, 2, Integer.MAX_VALUE).getFirst();
        for (PythonNumber next : arguments) {
            boolean ordered = !next.isNaN() && !extreme.isNaN();
            extreme = ordered && next.compare(extreme) * sign > 0 ? next : extreme;
        }
        return extreme;
    }

    private static PythonNumber abs(List<PythonNumber> arguments) {
        return switch (arguments.getFirst()) {
            case Whole(BigInteger value) -> new Whole(value.abs());
            case Real(double value) -> PythonNumber.of(Math.abs(value));
        };
    }

    private static PythonNumber rounded(PythonNumber number, RoundingMode mode) throws FormulaException {
        return switch (number) {
            case Whole whole -> whole;
            case Real(double value) ->
                new Whole(decimal(value).setScale(0, mode).toBigInteger());
        };
    }

    private static BigDecimal decimal(double value) throws FormulaException {
        if (!Double.isFinite(value)) {
            throw new FormulaException("an infinite value, or one that is no number, cannot be rounded");
        }
        return new BigDecimal(value);
    }

    private static PythonNumber round(List<PythonNumber> arguments) throws FormulaException {
        PythonNumber number = arguments.getFirst();
        if (arguments.size() == 1) {
            return rounded(number, RoundingMode.HALF_EVEN);
        }
        BigInteger digits = arguments.get(1).whole("round");
        if (digits.abs().compareTo(BigInteger.valueOf(MOST_DIGITS)) > 0) {
            throw new FormulaException("round is asked for more than " + MOST_DIGITS + " digits");
        }
        int scale = digits.intValueExact();
        return switch (number) {
            case Whole(BigInteger value) ->
                scale >= 0
                        ? number
                        : new Whole(new BigDecimal(value)
                                .setScale(scale, RoundingMode.HALF_EVEN)
                                .toBigInteger());
            case Real(double value) ->
                PythonNumber.of(
                        Double.isFinite(value)
                                ? decimal(value)
                                        .setScale(scale, RoundingMode.HALF_EVEN)
                                        .doubleValue()
                                : value);
        };
    }
}
