package bailiff.wire;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * Writes values as Python's pickles, protocol 4, which every Python since 3.4 reads. Not thread-safe; for one pickle.
 */
public final class Pickler {

    private static final int PROTOCOL = 4;
    private static final int MOST_SHORT = 0xff;
    private static final BigInteger MOST_INT = BigInteger.valueOf(Integer.MAX_VALUE);
    private static final BigInteger LEAST_INT = BigInteger.valueOf(Integer.MIN_VALUE);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Pickler() {
        out.write(0x80);
        out.write(PROTOCOL);
    }

    /** The value's pickle. */
    public static byte[] write(Value value) {
        Pickler pickler = new Pickler();
        pickler.value(value);
        return pickler.end();
    }

    /** An answer's pickle: {@code (0, value)}, or {@code (1, exception)}. */
    static byte[] write(Answer answer) {
        Pickler pickler = new Pickler();
        switch (answer) {
            case Answer.Done(Value value) -> {
                pickler.value(Value.of(0));
                pickler.value(value);
            }
            case Answer.Failed failed -> {
                pickler.value(Value.of(1));
                pickler.raised(failed);
            }
        }
        pickler.out.write(0x86);
        return pickler.end();
    }

    private byte[] end() {
        out.write('.');
        return out.toByteArray();
    }

    /* The one thing that is no plain value: the client wants an exception, and Python makes one of its class's name. */
    private void raised(Answer.Failed failed) {
        text(failed.module());
        text(failed.name());
        out.write(0x93);
        tuple(failed.arguments());
        out.write('R');
    }

    private void value(Value value) {
        switch (value) {
            case Value.None _ -> out.write('N');
            case Value.Truth(boolean truth) -> out.write(truth ? 0x88 : 0x89);
            case Value.Whole(BigInteger number) -> whole(number);
            case Value.Real(double number) -> {
                out.write('G');
                out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
            }
            case Value.Text(String text) -> text(text);
            case Value.Raw(String latin) -> sized('C', 'B', latin.getBytes(StandardCharsets.ISO_8859_1));
            case Value.Sequence(List<Value> values) -> marked(']', 'e', values);
            case Value.Tuple(List<Value> values) -> tuple(values);
            case Value.Table table -> {
                List<Value> flat = table.entries().entrySet().stream()
                        .flatMap(entry -> List.of(entry.getKey(), entry.getValue()).stream())
                        .toList();
                marked('}', 'u', flat);
            }
            case Value.Group group -> marked(0x8f, 0x90, group.values());
        }
    }

    private void whole(BigInteger number) {
        if (number.signum() >= 0 && number.bitLength() <= 8) {
            out.write('K');
            out.write(number.intValue());
        } else if (number.signum() >= 0 && number.bitLength() <= 16) {
            out.write('M');
            out.write(number.intValue());
            out.write(number.intValue() >> 8);
        } else if (number.compareTo(LEAST_INT) >= 0 && number.compareTo(MOST_INT) <= 0) {
            out.write('J');
            four(number.intValue());
        } else {
            byte[] big = number.toByteArray();
            out.write(0x8a);
            out.write(big.length);
            for (int i = big.length - 1; i >= 0; i--) {
                out.write(big[i]);
            }
        }
    }

    private void text(String text) {
        sized(0x8c, 'X', text.getBytes(StandardCharsets.UTF_8));
    }

    private void sized(int shortOpcode, int opcode, byte[] bytes) {
        if (bytes.length <= MOST_SHORT) {
            out.write(shortOpcode);
            out.write(bytes.length);
        } else {
            out.write(opcode);
            four(bytes.length);
        }
        out.writeBytes(bytes);
    }

    private void four(int number) {
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(number)
                .array());
    }

    private void marked(int empty, int filled, Collection<Value> values) {
        out.write(empty);
        if (!values.isEmpty()) {
            out.write('(');
            values.forEach(this::value);
            out.write(filled);
        }
    }

    private void tuple(List<Value> values) {
        switch (values.size()) {
            case 0 -> out.write(')');
            case 1, 2, 3 -> {
                values.forEach(this::value);
                out.write(0x84 + values.size());
            }
            default -> {
                out.write('(');
                values.forEach(this::value);
                out.write('t');
            }
        }
    }
}
