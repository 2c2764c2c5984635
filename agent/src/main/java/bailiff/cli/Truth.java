package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.Printable;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who attacked and who did not, as somebody who knows wrote it down: an address or network and {@code attack} or {@code
 * honest} a line, with {@code #} before remarks.
 */
final class Truth {

    private static final String ATTACK = "attack";
    private static final String HONEST = "honest";

    /** As many lines as that are read; more is another file. */
    private static final int MOST_LINES = 1_000_000;

    private final Map<Cidr, Boolean> attacks = new HashMap<>();

    private Truth() {}

    static Truth read(String file) throws ControlException {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new ControlException(ControlException.USAGE, Printable.text(file) + ": is not text in UTF-8.");
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, Printable.text("Cannot read " + e.getMessage() + "."));
        }
        if (lines.size() > MOST_LINES) {
            throw new ControlException(
                    ControlException.USAGE, Printable.text(file) + ": more than " + MOST_LINES + " lines.");
        }
        Truth truth = new Truth();
        for (int i = 0; i < lines.size(); i++) {
            truth.line(file, i + 1, lines.get(i));
        }
        return truth;
    }

    private void line(String file, int number, String line) throws ControlException {
        int remark = line.indexOf('#');
        String said = (remark < 0 ? line : line.substring(0, remark)).strip();
        if (said.isEmpty()) {
            return;
        }
        String[] words = said.split("[\\s,]+", -1);
        Optional<Cidr> network = Cidr.parse(words[0]);
        boolean sound = words.length == 2 && (words[1].equals(ATTACK) || words[1].equals(HONEST));
        if (network.isEmpty() || !sound) {
            throw new ControlException(
                    ControlException.USAGE,
                    Printable.text(file + ":" + number + ": read '" + said
                            + "', expected an address or network and 'attack' or 'honest'."));
        }
        attacks.put(network.get(), words[1].equals(ATTACK));
    }

    /** Whether that source attacked; nothing when the file says nothing of it. The longest network counts. */
    Optional<Boolean> attacked(Cidr source) {
        IpAddress address = source.first();
        for (int length = address.width(); length >= 0; length--) {
            @Nullable Boolean attack = attacks.get(address.prefix(length));
            if (attack != null) {
                return Optional.of(attack);
            }
        }
        return Optional.empty();
    }
}
