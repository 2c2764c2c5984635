package bailiff.action;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Remembers commands instead of running them. Safe for any thread. */
final class FakeShell implements Shell {

    /** What was run: the text, and behind it the variables in the order of their names. */
    final List<String> commands = new CopyOnWriteArrayList<>();

    /** Which commands fail; given the number of commands before it too, as {@code 3 text}. */
    volatile Predicate<String> fails = _ -> false;

    @Override
    public Outcome run(ShellCommand command, Duration patience) {
        int number = commands.size();
        StringBuilder words = new StringBuilder(command.text());
        new TreeMap<>(command.variables())
                .forEach((name, value) ->
                        words.append("\n").append(name).append('=').append(value));
        commands.add(words.toString());
        return fails.test(number + " " + words) ? new Outcome(1, "exit code 1: broken") : new Outcome(0, "");
    }
}
