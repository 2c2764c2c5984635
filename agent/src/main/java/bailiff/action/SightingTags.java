package bailiff.action;

import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What fail2ban's tags mean for one failure. The values are hostile.
 *
 * @param sighting the failure
 * @param address of whom
 * @param line the line that says so
 */
public record SightingTags(Sighting sighting, IpAddress address, String line) implements DynamicTags.Values {

    /** The command with its tags put in; where one stands outside of quotation marks its value stays one word. */
    public ShellCommand command(String template) {
        return DynamicTags.putAsWords(template, this);
    }

    /** A text with the values in it as they are: not for any shell. */
    public String text(String template) {
        return DynamicTags.plain(template, this);
    }

    @Override
    public Optional<String> of(String tag) {
        return switch (tag) {
            // No name is looked up for <ip-host>: whoever has the address decides what it is.
            case "ip", "ip-host" -> Optional.of(address.toString());
            case "fid" -> Optional.of(sighting.groups().getOrDefault("fid", address.toString()));
            case "family" -> Optional.of(address.isV4() ? "inet4" : "inet6");
            case "ip-rev" -> Optional.of(TicketTags.reversed(address));
            case "failures" -> Optional.of(String.valueOf(sighting.attempts()));
            case "time" -> Optional.of(String.valueOf(sighting.time().getEpochSecond()));
            case "matches" -> Optional.of(matches());
            default -> Optional.empty();
        };
    }

    private String matches() {
        List<String> lines = new ArrayList<>(sighting.before());
        lines.add(line);
        return String.join("\n", lines);
    }

    @Override
    public Optional<String> group(String name) {
        return Optional.ofNullable(sighting.groups().get(name.replace('-', '_')));
    }
}
