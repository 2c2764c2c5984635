package bailiff.log;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a record is laid out, written as Python's logging has it: {@code %(asctime)s %(name)-24s[%(process)d]: ...}.
 * Immutable.
 */
final class RecordLayout {

    /** What fail2ban writes where nobody says otherwise, behind the time. */
    private static final String USUAL = "%(name)-24s[%(process)d]: %(levelname)-7s %(message)s";

    private static final String TIME = "%(asctime)s ";
    private static final int WIDEST = 200;
    private static final Pattern FIELD = Pattern.compile(
            "%(?:%|\\((?<name>\\w+)\\)(?<left>-?)[ 0#+]*(?<width>\\d{0,3})(?:\\.(?<most>\\d{1,3}))?[sdrXxf])");
    private static final Pattern WIDTH = Pattern.compile("(?<=\\))-?\\d+(?:\\.\\d+)?(?=s)");

    /** A part of the layout: text as it is, or a field when {@code field} is not empty. */
    private record Part(String text, String field, boolean left, int width, int most) {}

    private final List<Part> parts;
    private final DateTimeFormatter time;

    private RecordLayout(List<Part> parts, ZoneId zone) {
        this.parts = List.copyOf(parts);
        this.time = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS").withZone(zone);
    }

    /** fail2ban's usual layout. */
    static RecordLayout usual(boolean withTime, boolean padded, ZoneId zone) {
        String format = withTime ? TIME + USUAL : USUAL;
        return of(padded ? format : WIDTH.matcher(format).replaceAll(""), zone).orElseThrow();
    }

    /** A layout of one's own; nothing when it names something that is not known here. */
    static Optional<RecordLayout> of(String format, ZoneId zone) {
        List<Part> parts = new ArrayList<>();
        Matcher field = FIELD.matcher(format);
        int end = 0;
        while (field.find()) {
            parts.add(new Part(format.substring(end, field.start()), "", false, 0, 0));
            end = field.end();
            parts.add(field.group("name") == null ? new Part("%", "", false, 0, 0) : part(field));
        }
        parts.add(new Part(format.substring(end), "", false, 0, 0));
        boolean known = parts.stream().allMatch(part -> part.field().isEmpty() || isKnown(part.field()));
        boolean complete = parts.stream()
                .noneMatch(part -> part.field().isEmpty() && part.text().contains("%("));
        return known && complete ? Optional.of(new RecordLayout(parts, zone)) : Optional.empty();
    }

    private static Part part(Matcher field) {
        int width = field.group("width").isEmpty() ? 0 : Integer.parseInt(field.group("width"));
        String most = field.group("most");
        return new Part(
                "",
                field.group("name"),
                !field.group("left").isEmpty(),
                Math.min(width, WIDEST),
                most == null ? Integer.MAX_VALUE : Integer.parseInt(most));
    }

    private static boolean isKnown(String field) {
        return switch (field) {
            case "asctime",
                    "created",
                    "name",
                    "module",
                    "process",
                    "processName",
                    "thread",
                    "threadName",
                    "levelname",
                    "levelno",
                    "message" -> true;
            default -> false;
        };
    }

    /** The record as text, without a line feed of its own. */
    String text(LogRecord entry) {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            String value = part.field().isEmpty() ? part.text() : value(part.field(), entry);
            String cut =
                    value.substring(0, Math.min(value.length(), part.field().isEmpty() ? value.length() : part.most()));
            String blanks = " ".repeat(Math.max(0, part.width() - cut.length()));
            text.append(part.left() ? cut + blanks : blanks + cut);
        }
        return text.toString();
    }

    private String value(String field, LogRecord entry) {
        Instant at = entry.time();
        return switch (field) {
            case "asctime" -> time.format(at);
            case "created" -> "%d.%06d".formatted(at.getEpochSecond(), at.getNano() / 1_000);
            case "name" -> "fail2ban." + entry.component();
            case "module" -> entry.component();
            case "process" -> String.valueOf(ProcessHandle.current().pid());
            case "processName", "threadName" -> "MainProcess";
            case "thread" -> "0";
            case "levelname" -> entry.level().name().toUpperCase(Locale.ROOT);
            case "levelno" -> String.valueOf(entry.level().number());
            default -> entry.message();
        };
    }
}
