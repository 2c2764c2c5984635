package bailiff.bench.logs;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/** Makes up logs; run by {@code bench/generate}. */
public final class LogGenerator {

    /** What was written: lines, those of them that are the attack, bytes, and the time of the last line. */
    public record Written(long lines, long attacks, long bytes, Instant end) {}

    private LogGenerator() {}

    /** Writes a log to a stream, which is neither flushed nor closed. */
    public static Written write(LogRecipe recipe, OutputStream out) throws IOException {
        Dice dice = new Dice(recipe.seed());
        Stamp stamp = new Stamp(recipe.kind().time(), recipe.start());
        Attackers attackers = new Attackers(recipe.addresses(), recipe.ipv6(), recipe.seed());
        Part attack = recipe.kind().attack(stamp, attackers);
        Part other = recipe.kind().other(stamp);
        LineBytes line = new LineBytes(out);
        long attacks = 0;
        for (long i = 0; i < recipe.lines(); i++) {
            stamp.tick(dice);
            boolean attacked = dice.fraction() < recipe.attack();
            attacks += attacked ? 1 : 0;
            (attacked ? attack : other).write(line, dice);
            line.end();
        }
        line.flush();
        return new Written(recipe.lines(), attacks, line.total(), stamp.now());
    }

    /** Writes a log into a file, in place of what was there. */
    public static Written write(LogRecipe recipe, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return write(recipe, out);
        }
    }

    /** Arguments: as {@code bench/generate} says. */
    public static void main(String[] arguments) throws IOException {
        try {
            Iterator<String> words = List.of(arguments).iterator();
            String name = next(words, "the kind of log");
            LogKind kind = LogKind.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("There is no kind '" + name + "'."));
            String file = next(words, "the file");
            LogRecipe recipe = options(LogRecipe.of(kind, 1_000_000, 0.01), words);
            Written written = file.equals("-") ? toStandardOutput(recipe) : write(recipe, Path.of(file));
            System.err.printf(
                    Locale.ROOT,
                    "%s: %,d lines, %,d of them attack, %,d bytes (%.1f a line), %s to %s%n",
                    file,
                    written.lines(),
                    written.attacks(),
                    written.bytes(),
                    (double) written.bytes() / Math.max(written.lines(), 1),
                    recipe.start(),
                    written.end());
        } catch (NumberFormatException e) {
            System.err.println("generate: That is no number, or too large a one: " + e.getMessage());
            System.exit(2);
        } catch (IllegalArgumentException | DateTimeParseException e) {
            System.err.println("generate: " + e.getMessage());
            System.exit(2);
        }
    }

    private static Written toStandardOutput(LogRecipe recipe) throws IOException {
        try (OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out))) {
            return write(recipe, out);
        }
    }

    private static LogRecipe options(LogRecipe usual, Iterator<String> words) {
        LogRecipe recipe = usual;
        while (words.hasNext()) {
            String option = words.next();
            String value = next(words, "a value of " + option);
            recipe = switch (option) {
                case "--lines" -> recipe.lines(Long.parseLong(value));
                case "--attack" -> recipe.attack(Double.parseDouble(value) / 100);
                case "--addresses" -> recipe.addresses(Integer.parseInt(value));
                case "--ipv6" -> recipe.ipv6(Double.parseDouble(value) / 100);
                case "--seed" -> recipe.seed(Long.parseLong(value));
                case "--start" -> recipe.start(Instant.parse(value));
                default -> throw new IllegalArgumentException("There is no option '" + option + "'.");
            };
        }
        return recipe;
    }

    private static String next(Iterator<String> words, String what) {
        if (!words.hasNext()) {
            throw new IllegalArgumentException("Wants " + what + "; see the head of the script.");
        }
        return words.next();
    }
}
