package bailiff.wire;

import java.util.List;
import java.util.stream.Collectors;

/** What a command came to, as fail2ban's clients expect it. */
public sealed interface Answer {

    /** It was done, and this came of it. */
    record Done(Value value) implements Answer {}

    /**
     * It was not done: an exception of Python's, as fail2ban would have raised it.
     *
     * @param module where Python finds its class; one that every client of fail2ban has
     * @param name the class
     * @param arguments what it was raised with
     */
    record Failed(String module, String name, List<Value> arguments) implements Answer {

        private static final String BUILT_IN = "builtins";
        private static final String FAIL2BAN = "fail2ban.exceptions";

        public Failed {
            arguments = List.copyOf(arguments);
        }

        /** An exception of one of Python's own classes, with a message. */
        public static Failed of(String name, String message) {
            return new Failed(BUILT_IN, name, List.of(Value.of(message)));
        }

        /** One of Python's own {@code OSError}s: its number, what it means, and the file. */
        public static Failed ofFile(String name, int number, String meaning, String file) {
            return new Failed(BUILT_IN, name, List.of(Value.of(number), Value.of(meaning), Value.of(file)));
        }

        /** There is no jail of that name. */
        public static Failed unknownJail(String name) {
            return new Failed(FAIL2BAN, "UnknownJailException", List.of(Value.of(name)));
        }

        /** There is a jail of that name already. */
        public static Failed duplicateJail(String name) {
            return new Failed(FAIL2BAN, "DuplicateJailException", List.of(Value.of(name)));
        }

        /** What Python's {@code str} makes of the exception. */
        public String str() {
            if (arguments.isEmpty()) {
                return "";
            }
            if (arguments.size() == 1) {
                Value only = arguments.getFirst();
                return name.equals("KeyError") || name.equals("UnknownJailException") ? only.repr() : only.str();
            }
            if (name.endsWith("Error") && arguments.size() == 3) {
                return "[Errno " + arguments.get(0).str() + "] "
                        + arguments.get(1).str() + ": " + arguments.get(2).repr();
            }
            return arguments.stream().map(Value::repr).collect(Collectors.joining(", ", "(", ")"));
        }
    }
}
