package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.Printable;
import bailiff.net.Cidr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the owner's constants in wp-config.php say, for a door that stands before that file is read. Only literal values
 * are understood.
 *
 * @param values PHP literals by the constants' names
 */
record DoorSettings(Map<String, String> values) {

    private static final String PROXIES = "BAILIFF_PROXIES";

    private static final Pattern CONSTANT = Pattern.compile(
            "\\bdefine\\s*\\(\\s*['\"](BAILIFF_(?:PROXIES|CLOUDFLARE|SHIELD|PATIENCE|HOST|SYSLOG|AGENT|FILE|FIRST"
                    + "|FACILITY))['\"]\\s*,\\s*"
                    + "('[^'\\\\\\r\\n]*'|\"[^\"'\\\\$\\r\\n]*\"|true|false|\\d{1,6})\\s*\\)");

    private static final Pattern PLUGIN = Pattern.compile("(?m)^\\t\\$plugin   = .*;$");
    private static final Pattern SETTINGS = Pattern.compile("(?m)^\\t\\$settings = .*;$");

    /** Those of the WordPress in a directory; the proxies that are named, if any, in place of its own. */
    static DoorSettings of(Path site, Optional<String> proxies) throws ControlException, IOException {
        Map<String, String> values = new LinkedHashMap<>();
        String config = withoutComments(config(site));
        Matcher constant = CONSTANT.matcher(config);
        while (constant.find()) {
            values.putIfAbsent(constant.group(1), constant.group(2));
        }
        if (proxies.isPresent()) {
            values.put(PROXIES, "'" + checked(proxies.get()) + "'");
        } else if (!values.containsKey(PROXIES) && config.contains(PROXIES)) {
            throw new ControlException(
                    ControlException.FAILED,
                    "wp-config.php computes " + PROXIES + ", and the door stands before it is read:"
                            + " name them with --proxies.");
        }
        return new DoorSettings(Map.copyOf(values));
    }

    /* WordPress looks for it one directory up, too. */
    private static String config(Path site) throws IOException {
        for (Path place : new Path[] {site.resolve("wp-config.php"), site.resolve("../wp-config.php")}) {
            if (Files.isRegularFile(place) && Files.isReadable(place)) {
                return SiteFile.begin(place);
            }
        }
        return "";
    }

    /* By hand: texts hold the marks of comments, as the salts do, and comments hold quotes. */
    private static String withoutComments(String php) {
        StringBuilder code = new StringBuilder(php.length());
        int at = 0;
        while (at < php.length()) {
            char letter = php.charAt(at);
            int end = at + 1;
            if (letter == '\'' || letter == '"') {
                end = endOfText(php, at);
                code.append(php, at, end);
            } else if (php.startsWith("/*", at)) {
                end = behind(php, "*/", at + 2);
            } else if (letter == '#' || php.startsWith("//", at)) {
                end = behind(php, "\n", at);
                code.append('\n');
            } else {
                code.append(letter);
            }
            at = end;
        }
        return code.toString();
    }

    private static int endOfText(String php, int begin) {
        int at = begin + 1;
        while (at < php.length() && php.charAt(at) != php.charAt(begin)) {
            at += php.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at + 1, php.length());
    }

    private static int behind(String php, String mark, int from) {
        int at = php.indexOf(mark, from);
        return at < 0 ? php.length() : at + mark.length();
    }

    private static String checked(String list) throws ControlException {
        List<String> all = List.of(list.strip().split("[\\s,]+", -1));
        for (String each : all) {
            if (Cidr.parse(each).isEmpty()) {
                throw new ControlException(
                        ControlException.USAGE,
                        "--proxies: '" + Printable.text(each) + "' is no address and no network, as 192.0.2.7 or"
                                + " 10.0.0.0/8.");
            }
        }
        return String.join(" ", all);
    }

    /** The shipped file with these values and the plugin's path in it. */
    String fill(String template, Path plugin) throws ControlException {
        String path = plugin.toString();
        if (!path.matches("[^'\\\\\\r\\n]+")) {
            throw new ControlException(ControlException.FAILED, path + ": a path with ' or \\ cannot be told to PHP.");
        }
        String list = values.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(each -> "'" + each.getKey() + "' => " + each.getValue())
                .collect(Collectors.joining(", "));
        String filled =
                PLUGIN.matcher(template).replaceFirst(Matcher.quoteReplacement("\t$plugin   = '" + path + "';"));
        String array = values.isEmpty() ? "array()" : "array( " + list + " )";
        return SETTINGS.matcher(filled).replaceFirst(Matcher.quoteReplacement("\t$settings = " + array + ";"));
    }

    /** What the owner should know of them. */
    Optional<String> told() {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of("It goes by these settings, and by no later change of them: "
                        + String.join(", ", values.keySet().stream().sorted().toList()) + ".");
    }
}
