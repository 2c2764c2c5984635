package bailiff.ban;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A number as Python has it: whole and unbounded, or a float. */
sealed interface PythonNumber {

    PythonNumber ZERO = of(0);
    PythonNumber ONE = of(1);

    /** A whole number. */
    record Whole(BigInteger value) implements PythonNumber {}

    /** A float. */
    record Real(double value) implements PythonNumber {}

    static PythonNumber of(long value) {
        return new Whole(BigInteger.valueOf(value));
    }

    static PythonNumber of(double value) {
        return new Real(value);
    }

    static PythonNumber of(boolean value) {
        return value ? ONE : ZERO;
    }

    /** As a float. */
    default double real() throws FormulaException {
        return switch (this) {
            case Real(double value) -> value;
            case Whole(BigInteger value) -> {
                double real = value.doubleValue();
                if (Double.isInfinite(real)) {
                    throw new FormulaException("a whole number is too large for a float");
                }
                yield real;
            }
        };
    }

    /** As a whole number, where it is one. */
    default BigInteger whole(String what) throws FormulaException {
        return switch (this) {
            case Whole(BigInteger value) -> value;
            case Real _ -> throw new FormulaException(what + " takes whole numbers only");
        };
    }

    /** Whether it counts as true. */
    default boolean isTrue() {
        return switch (this) {
            case Real(double value) -> value != 0;
            case Whole(BigInteger value) -> value.signum() != 0;
        };
    }

    /** Whether it is a float without a place among the numbers. */
    default boolean isNaN() {
        return this instanceof Real(double value) && Double.isNaN(value);
    }

    /** Less than, equal to or greater than zero; neither may be {@link #isNaN}. Floats are compared exactly. */
    default int compare(PythonNumber other) {
        boolean infinite = isInfinite() || other.isInfinite();
        return infinite ? Double.compare(rough(), other.rough()) : exact().compareTo(other.exact());
    }

    private boolean isInfinite() {
        return this instanceof Real(double value) && Double.isInfinite(value);
    }

    private double rough() {
        return switch (this) {
            case Real(double value) -> value;
            case Whole(BigInteger value) -> Math.clamp(value.doubleValue(), -Double.MAX_VALUE, Double.MAX_VALUE);
        };
    }

    private BigDecimal exact() {
        return switch (this) {
            case Real(double value) -> new BigDecimal(value);
            case Whole(BigInteger value) -> new BigDecimal(value);
        };
    }
}
