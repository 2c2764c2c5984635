package bailiff.ban;

import bailiff.ban.PythonNumber.Real;
import bailiff.ban.PythonNumber.Whole;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Python's operators on numbers. */
final class PythonArithmetic {

    /** Bits of a whole number; Python has no bound, and a power could fill the memory. */
    static final int MOST_BITS = 20_000;

    /* Enough digits that the quotient of two whole numbers rounds to the float that is nearest to it. */
    private static final MathContext QUOTIENT = new MathContext(60, RoundingMode.HALF_EVEN);

    private PythonArithmetic() {}

    static PythonNumber add(PythonNumber a, PythonNumber b) throws FormulaException {
        return a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)
                ? bounded(x.add(y))
                : PythonNumber.of(a.real() + b.real());
    }

    static PythonNumber subtract(PythonNumber a, PythonNumber b) throws FormulaException {
        return a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)
                ? bounded(x.subtract(y))
                : PythonNumber.of(a.real() - b.real());
    }

    static PythonNumber multiply(PythonNumber a, PythonNumber b) throws FormulaException {
        return a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)
                ? bounded(x.multiply(y))
                : PythonNumber.of(a.real() * b.real());
    }

    /** {@code /}: always a float. */
    static PythonNumber divide(PythonNumber a, PythonNumber b) throws FormulaException {
        divisor(b);
        if (a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)) {
            double quotient =
                    new BigDecimal(x).divide(new BigDecimal(y), QUOTIENT).doubleValue();
            if (Double.isInfinite(quotient)) {
                throw new FormulaException("a quotient is too large for a float");
            }
            return PythonNumber.of(quotient);
        }
        return PythonNumber.of(a.real() / b.real());
    }

    /** {@code //}: rounds down. */
    static PythonNumber floorDivide(PythonNumber a, PythonNumber b) throws FormulaException {
        divisor(b);
        if (a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)) {
            BigInteger[] parts = x.divideAndRemainder(y);
            boolean down = parts[1].signum() != 0 && parts[1].signum() != y.signum();
            return new Whole(down ? parts[0].subtract(BigInteger.ONE) : parts[0]);
        }
        double divided = a.real();
        double divisor = b.real();
        double rest = divided % divisor;
        double quotient = (divided - rest) / divisor;
        if (rest != 0 && divisor < 0 != rest < 0) {
            quotient -= 1;
        }
        double floor = Math.floor(quotient);
        return PythonNumber.of(quotient - floor > 0.5 ? floor + 1 : floor);
    }

    /** {@code %}: has the sign of the divisor. */
    static PythonNumber remainder(PythonNumber a, PythonNumber b) throws FormulaException {
        divisor(b);
        if (a instanceof Whole(BigInteger x) && b instanceof Whole(BigInteger y)) {
            BigInteger rest = x.remainder(y);
            return new Whole(rest.signum() != 0 && rest.signum() != y.signum() ? rest.add(y) : rest);
        }
        double divisor = b.real();
        double rest = a.real() % divisor;
        return PythonNumber.of(rest != 0 && divisor < 0 != rest < 0 ? rest + divisor : rest);
    }

    private static void divisor(PythonNumber number) throws FormulaException {
        if (!number.isTrue()) {
            throw new FormulaException("it divides by zero");
        }
    }

    /** {@code **}. */
    static PythonNumber power(PythonNumber a, PythonNumber b) throws FormulaException {
        if (a instanceof Whole(BigInteger base) && b instanceof Whole(BigInteger exponent) && exponent.signum() >= 0) {
            // A base of 0, 1 or -1 stays small whatever the exponent; else that has to be small.
            if (base.abs().bitLength() <= 1) {
                return base.signum() < 0 && !exponent.testBit(0)
                        ? PythonNumber.ONE
                        : exponent.signum() == 0 ? PythonNumber.ONE : a;
            }
            if (exponent.bitLength() > 30
                    || (long) (base.abs().bitLength() - 1) * exponent.intValueExact() > MOST_BITS) {
                throw tooLarge();
            }
            return bounded(base.pow(exponent.intValueExact()));
        }
        double base = a.real();
        double exponent = b.real();
        if (base == 0 && exponent < 0) {
            throw new FormulaException("it divides by zero");
        }
        if (base < 0 && Double.isFinite(base) && Double.isFinite(exponent) && exponent != Math.rint(exponent)) {
            throw new FormulaException("a power of a negative number is no number");
        }
        double power = PythonMath.pow(base, exponent);
        if (Double.isInfinite(power) && Double.isFinite(base) && Double.isFinite(exponent)) {
            throw new FormulaException("a power is too large for a float");
        }
        return PythonNumber.of(power);
    }

    static PythonNumber shiftLeft(PythonNumber a, PythonNumber b) throws FormulaException {
        BigInteger value = a.whole("<<");
        int places = places(b);
        if (value.signum() != 0 && (long) value.bitLength() + places > MOST_BITS) {
            throw tooLarge();
        }
        return value.signum() == 0 ? a : new Whole(value.shiftLeft(places));
    }

    static PythonNumber shiftRight(PythonNumber a, PythonNumber b) throws FormulaException {
        return new Whole(a.whole(">>").shiftRight(places(b)));
    }

    private static int places(PythonNumber number) throws FormulaException {
        BigInteger places = number.whole("a shift");
        if (places.signum() < 0) {
            throw new FormulaException("it shifts by a negative number of places");
        }
        return places.min(BigInteger.valueOf(Integer.MAX_VALUE)).intValueExact();
    }

    static PythonNumber negate(PythonNumber a) {
        return switch (a) {
            case Whole(BigInteger value) -> new Whole(value.negate());
            case Real(double value) -> PythonNumber.of(-value);
        };
    }

    private static PythonNumber bounded(BigInteger value) throws FormulaException {
        if (value.bitLength() > MOST_BITS) {
            throw tooLarge();
        }
        return new Whole(value);
    }

    private static FormulaException tooLarge() {
        return new FormulaException("a whole number of more than " + MOST_BITS + " bits comes up");
    }
}
