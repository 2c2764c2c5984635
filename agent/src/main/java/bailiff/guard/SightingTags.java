package bailiff.guard;

import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fail2ban's tags mean for one failure. The values are hostile.
 *
 * @param sighting the failure
 * @param address of whom
 * @param line the line that says so
 */
record SightingTags(Sighting sighting, IpAddress address, String line) {

    /** What the tag of that name, without brackets, stands for; null when it is none. */
    @Nullable
    String value(String tag) {
        return switch (tag) {
            // No name is looked up for <ip-host>: whoever has the address decides what it is.
            case "ip", "ip-host" -> address.toString();
            case "fid" -> sighting.groups().getOrDefault("fid", address.toString());
            case "family" -> address.isV4() ? "inet4" : "inet6";
            case "ip-rev" -> reversed();
            case "failures" -> String.valueOf(sighting.attempts());
            case "time" -> String.valueOf(sighting.time().getEpochSecond());
            case "matches" -> matches();
            default -> tag.startsWith("F-") ? group(tag.substring(2)) : null;
        };
    }

    private String matches() {
        List<String> lines = new ArrayList<>(sighting.before());
        lines.add(line);
        return String.join("\n", lines);
    }

    private String group(String name) {
        Map<String, String> groups = sighting.groups();
        String group = name.toLowerCase(Locale.ROOT).replace('-', '_');
        return groups.getOrDefault(group, "");
    }

    /** The address as reverse look-ups want it: {@code 1.2.0.192.}, or a hexadecimal digit for each step. */
    private String reversed() {
        StringBuilder reversed = new StringBuilder();
        byte[] bytes = address.toInetAddress().getAddress();
        for (int i = bytes.length - 1; i >= 0; i--) {
            if (address.isV4()) {
                reversed.append(bytes[i] & 0xff).append('.');
            } else {
                String digits = "%02x".formatted(bytes[i] & 0xff);
                reversed.append(digits.charAt(1))
                        .append('.')
                        .append(digits.charAt(0))
                        .append('.');
            }
        }
        return reversed.toString();
    }
}
