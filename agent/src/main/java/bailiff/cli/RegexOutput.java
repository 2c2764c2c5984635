package bailiff.cli;

import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code --out} prints of one line. */
final class RegexOutput {

    private static final Pattern TAG = Pattern.compile("<([A-Za-z0-9_.-]+)>");

    private RegexOutput() {}

    /** The text for a matched line, in the form that was asked for. */
    static String of(String form, String line, Sighting sighting, Optional<Instant> time) {
        if (form.indexOf('<') >= 0) {
            Matcher tag = TAG.matcher(form);
            return tag.replaceAll(found -> Matcher.quoteReplacement(
                    value(found.group(1), line, sighting).orElse(found.group())));
        }
        return switch (form) {
            case "id", "fid" -> id(sighting);
            case "ip" -> RegexReport.shown(sighting.host());
            case "msg" -> RegexReport.shown(line);
            case "row" ->
                "[%s,\t%s,\t%s],"
                        .formatted(
                                PythonText.quoted(id(sighting)),
                                time.map(RegexOutput::seconds).orElse("None"),
                                PythonText.pairs(new TreeMap<>(sighting.groups())));
            default -> RegexReport.shown(sighting.groups().getOrDefault(form, "None"));
        };
    }

    private static Optional<String> value(String tag, String line, Sighting sighting) {
        if (tag.startsWith("F-")) {
            String group = tag.substring(2).toLowerCase(Locale.ROOT);
            return Optional.of(RegexReport.shown(sighting.groups().getOrDefault(group, "")));
        }
        return switch (tag) {
            case "ip" -> Optional.of(RegexReport.shown(sighting.host()));
            case "fid", "id" -> Optional.of(id(sighting));
            case "family" ->
                IpAddress.parse(sighting.host()).map(ip -> ip.toString().contains(":") ? "inet6" : "inet4");
            case "time" -> Optional.of(seconds(sighting.time()));
            case "msg", "matches" -> Optional.of(RegexReport.shown(line));
            case "failures" -> Optional.of("0");
            case "br" -> Optional.of("\n");
            case "sp" -> Optional.of(" ");
            default -> Optional.empty();
        };
    }

    private static String id(Sighting sighting) {
        return RegexReport.shown(sighting.groups().getOrDefault("fid", sighting.host()));
    }

    private static String seconds(Instant time) {
        return time.getEpochSecond() + ".0";
    }
}
