package bailiff.wire;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * Reads Python's pickles, protocols 0 to 5, of plain values: {@code None}, booleans, numbers, texts, bytes, lists,
 * tuples, dicts and sets.
 *
 * <p>Whatever would look up, call or build anything else is refused at the byte that asks for it, so a pickle can do
 * nothing here but become a {@link Value}. Time and memory are bounded by the length of the pickle, and how large its
 * value is by {@link PickleStack}'s bounds. Not thread-safe; for one pickle.
 */
public final class Unpickler {

    static final int NEWEST = 5;

    /* 600 digits are more than 255 bytes can say, the most that a short long has. */
    private static final int MOST_DIGITS = 600;
    private static final int MOST_NUMBER_BYTES = 255;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1," + MOST_DIGITS + "}");

    private final PickleBytes in;
    private final PickleStack stack = new PickleStack();

    private Unpickler(byte[] pickle) {
        this.in = new PickleBytes(pickle);
    }

    /**
     * The value that the bytes hold; what stands behind its end is left alone, as Python does.
     *
     * @throws PickleException when they are no pickle of a plain value, or one beyond our bounds
     */
    public static Value read(byte[] pickle) throws PickleException {
        return new Unpickler(pickle).read();
    }

    private Value read() throws PickleException {
        while (true) {
            int opcode = in.one();
            if (opcode == '.') {
                return stack.last();
            }
            if (!constant(opcode) && !number(opcode) && !text(opcode) && !container(opcode) && !memory(opcode)) {
                throw new PickleException("Byte %d asks for what is no plain value (opcode 0x%02x)."
                        .formatted(in.position() - 1, opcode));
            }
        }
    }

    private boolean constant(int opcode) throws PickleException {
        switch (opcode) {
            case 'N' -> stack.push(Value.none());
            case 0x88 -> stack.push(Value.of(true));
            case 0x89 -> stack.push(Value.of(false));
            case 0x80 -> {
                if (in.one() > NEWEST) {
                    throw new PickleException("Its protocol is newer than " + NEWEST + ".");
                }
            }
            case 0x95 -> in.longLength();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean number(int opcode) throws PickleException {
        switch (opcode) {
            case 'I' -> stack.push(numberOrTruth(in.line()));
            case 'J' -> stack.push(Value.of(in.four()));
            case 'K' -> stack.push(Value.of(in.one()));
            case 'M' -> stack.push(Value.of(in.two()));
            case 'L' -> {
                String line = in.line();
                stack.push(whole(line.endsWith("L") ? line.substring(0, line.length() - 1) : line));
            }
            case 0x8a -> stack.push(whole(in.one()));
            case 0x8b -> stack.push(whole(in.four()));
            case 'F' -> stack.push(real(in.line()));
            case 'G' -> stack.push(new Value.Real(in.real()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static Value numberOrTruth(String line) throws PickleException {
        return switch (line) {
            case "01" -> Value.of(true);
            case "00" -> Value.of(false);
            default -> whole(line);
        };
    }

    private static Value whole(String digits) throws PickleException {
        if (!DECIMAL.matcher(digits).matches()) {
            throw new PickleException("A number is none, or too long.");
        }
        return new Value.Whole(new BigInteger(digits));
    }

    private Value whole(int length) throws PickleException {
        if (length < 0 || length > MOST_NUMBER_BYTES) {
            throw new PickleException("A number is too long.");
        }
        if (length == 0) {
            return Value.of(0);
        }
        byte[] little = in.take(length);
        byte[] big = new byte[length];
        for (int i = 0; i < length; i++) {
            big[i] = little[length - 1 - i];
        }
        return new Value.Whole(new BigInteger(big));
    }

    private static Value real(String line) throws PickleException {
        try {
            return new Value.Real(
                    switch (line) {
                        case "inf" -> Double.POSITIVE_INFINITY;
                        case "-inf" -> Double.NEGATIVE_INFINITY;
                        case "nan" -> Double.NaN;
                        default -> Double.parseDouble(line.substring(0, Math.min(line.length(), MOST_DIGITS)));
                    });
        } catch (NumberFormatException e) {
            throw new PickleException("A number is none.");
        }
    }

    private boolean text(int opcode) throws PickleException {
        switch (opcode) {
            case 'S' -> stack.push(Value.of(PickledText.quoted(in.line())));
            case 'T' -> stack.push(Value.of(in.ascii(in.length())));
            case 'U' -> stack.push(Value.of(in.ascii(in.one())));
            case 'V' -> stack.push(Value.of(PickledText.rawUnicode(in.line())));
            case 'X' -> stack.push(Value.of(in.text(in.length())));
            case 0x8c -> stack.push(Value.of(in.text(in.one())));
            case 0x8d -> stack.push(Value.of(in.text(in.longLength())));
            case 'B' -> stack.push(new Value.Raw(in.latin(in.length())));
            case 'C' -> stack.push(new Value.Raw(in.latin(in.one())));
            case 0x8e, 0x96 -> stack.push(new Value.Raw(in.latin(in.longLength())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) throws PickleException {
        switch (opcode) {
            case '(' -> stack.mark();
            case ']' -> stack.pushList();
            case 'l' -> stack.listMarked();
            case 'a' -> stack.append();
            case 'e' -> stack.appendMarked();
            case ')' -> stack.tuple(0);
            case 't' -> stack.tupleMarked();
            case 0x85 -> stack.tuple(1);
            case 0x86 -> stack.tuple(2);
            case 0x87 -> stack.tuple(3);
            case '}' -> stack.pushTable();
            case 'd' -> stack.tableMarked();
            case 's' -> stack.setItem();
            case 'u' -> stack.setMarked();
            case 0x8f -> stack.pushGroup();
            case 0x90 -> stack.addMarked();
            case 0x91 -> stack.groupMarked();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memory(int opcode) throws PickleException {
        switch (opcode) {
            case '0' -> stack.pop();
            case '1' -> stack.popMark();
            case 'p' -> stack.memoize(index(in.line()));
            case 'q' -> stack.memoize(in.one());
            case 'r' -> stack.memoize(in.four());
            case 0x94 -> stack.memoize();
            case 'g' -> stack.recall(index(in.line()));
            case 'h' -> stack.recall(in.one());
            case 'j' -> stack.recall(in.four());
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int index(String line) throws PickleException {
        try {
            return Integer.parseUnsignedInt(line);
        } catch (NumberFormatException e) {
            throw new PickleException("An index of the memo is none.");
        }
    }
}
