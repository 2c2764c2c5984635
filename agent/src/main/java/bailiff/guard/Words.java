package bailiff.guard;

import bailiff.wire.Value;
import java.util.List;
import java.util.Locale;

/**
 * A command of fail2ban's as it came, word by word; hostile.
 *
 * @param values the words, the command's name first
 */
record Words(List<Value> values) {

    Words {
        values = List.copyOf(values);
    }

    int size() {
        return values.size();
    }

    /** The word at that place, as fail2ban complains when there is none. */
    Value value(int index) throws Refused {
        if (index >= values.size()) {
            throw Refused.tooShort();
        }
        return values.get(index);
    }

    /** The text at that place. */
    String text(int index) throws Refused {
        return value(index).str();
    }

    /** The texts from that place on; may be none. */
    List<String> texts(int from) {
        return values.stream().skip(from).map(Value::str).toList();
    }

    /** The whole number at that place, as Python's {@code int} reads it. */
    int number(int index) throws Refused {
        String text = text(index).strip();
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refused.value(
                    "invalid literal for int() with base 10: " + value(index).repr());
        }
    }

    /** Whether the text at that place is one of Python's four words for yes. */
    boolean truth(int index) throws Refused {
        return List.of("1", "on", "true", "yes").contains(text(index).toLowerCase(Locale.ROOT));
    }
}
