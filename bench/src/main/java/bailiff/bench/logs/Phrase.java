package bailiff.bench.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line's text with slots, as in {@code session opened for user {staff}}, taken apart once. */
record Phrase(List<Part> parts) implements Part {

    private static final Pattern SLOT = Pattern.compile("\\{([a-z0-9]+)}");

    /** Takes a text apart; every slot must be among the given ones. */
    static Phrase of(String text, Map<String, Part> slots) {
        List<Part> parts = new ArrayList<>();
        Matcher slot = SLOT.matcher(text);
        int from = 0;
        while (slot.find()) {
            parts.add(Part.text(text.substring(from, slot.start())));
            Part part = slots.get(slot.group(1));
            if (part == null) {
                throw new IllegalArgumentException("Nothing fills the slot " + slot.group() + ".");
            }
            parts.add(part);
            from = slot.end();
        }
        parts.add(Part.text(text.substring(from)));
        return new Phrase(List.copyOf(parts));
    }

    @Override
    public void write(LineBytes line, Dice dice) {
        for (Part part : parts) {
            part.write(line, dice);
        }
    }
}
