package bailiff.wire;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A value as Python knows it: what fail2ban's clients send and get. Immutable, never part of itself.
 *
 * <p>Text that came from a client is hostile: {@link bailiff.line.Printable} before a terminal sees it.
 */
public sealed interface Value {

    /** The value as Python's {@code repr} writes it: texts in quotes. */
    String repr();

    /** The value as Python's {@code str} and {@code print} write it: a text as it is. */
    default String str() {
        return repr();
    }

    /** Python's {@code None}. */
    record None() implements Value {
        @Override
        public String repr() {
            return "None";
        }
    }

    /** A {@code bool}. */
    record Truth(boolean value) implements Value {
        @Override
        public String repr() {
            return value ? "True" : "False";
        }
    }

    /** An {@code int}. */
    record Whole(BigInteger value) implements Value {
        @Override
        public String repr() {
            return value.toString();
        }
    }

    /** A {@code float}. */
    record Real(double value) implements Value {
        @Override
        public String repr() {
            return PythonText.of(value);
        }
    }

    /** A {@code str}. */
    record Text(String value) implements Value {
        @Override
        public String repr() {
            return PythonText.quoted(value);
        }

        @Override
        public String str() {
            return value;
        }
    }

    /**
     * A {@code bytes}.
     *
     * @param latin one character, up to 255, for each byte
     */
    record Raw(String latin) implements Value {
        @Override
        public String repr() {
            return "b" + PythonText.quotedBytes(latin);
        }
    }

    /** A {@code list}. */
    record Sequence(List<Value> values) implements Value {

        public Sequence {
            values = List.copyOf(values);
        }

        @Override
        public String repr() {
            return values.stream().map(Value::repr).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** A {@code tuple}. */
    record Tuple(List<Value> values) implements Value {

        public Tuple {
            values = List.copyOf(values);
        }

        @Override
        public String repr() {
            String inner = values.stream().map(Value::repr).collect(Collectors.joining(", "));
            return values.size() == 1 ? "(" + inner + ",)" : "(" + inner + ")";
        }
    }

    /** A {@code dict}, in its order. */
    record Table(Map<Value, Value> entries) implements Value {

        public Table {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String repr() {
            return entries.entrySet().stream()
                    .map(entry ->
                            entry.getKey().repr() + ": " + entry.getValue().repr())
                    .collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** A {@code set} or {@code frozenset}, in the order in which it was written. */
    record Group(Set<Value> values) implements Value {

        public Group {
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }

        @Override
        public String repr() {
            return values.isEmpty()
                    ? "set()"
                    : values.stream().map(Value::repr).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /** Python's {@code None}. */
    static Value none() {
        return new None();
    }

    /** The text. */
    static Value of(String text) {
        return new Text(text);
    }

    /** The number. */
    static Value of(long number) {
        return new Whole(BigInteger.valueOf(number));
    }

    /** The truth value. */
    static Value of(boolean truth) {
        return new Truth(truth);
    }

    /** A list of these. */
    static Value list(List<? extends Value> values) {
        return new Sequence(List.copyOf(values));
    }

    /** A list of these texts. */
    static Value texts(List<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(text -> values.add(new Text(text)));
        return new Sequence(values);
    }

    /** A tuple of these. */
    static Value tuple(Value... values) {
        return new Tuple(List.of(values));
    }
}
