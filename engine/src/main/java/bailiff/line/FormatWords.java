package bailiff.line;

import bailiff.line.LogFormat.Meaning;
import bailiff.line.LogFormat.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a format apart as Apache (mod_log_config) and nginx (ngx_http_log_module) document it: the texts in it, and
 * what stands between them.
 *
 * @param head the text before the first field
 * @param parts the fields, each with the text behind it
 */
record FormatWords(FormatText head, List<Part> parts) {

    /** Longer formats are cut: a line has no more room either. */
    private static final int LONGEST = 4_096;

    private static final Pattern FIELD = Pattern.compile(
            "%(?:!?[0-9]{3}(?:,[0-9]{3})*)?[<>]?(?:\\{([^}]*)\\})?(\\^?[A-Za-z]{1,2}|%)|\\$\\{?([a-z0-9_]+)\\}?");

    private static final Map<String, Meaning> APACHE = Map.ofEntries(
            Map.entry("h", Meaning.CLIENT),
            Map.entry("a", Meaning.CLIENT),
            Map.entry("t", Meaning.TIME),
            Map.entry("r", Meaning.REQUEST),
            Map.entry("m", Meaning.METHOD),
            Map.entry("U", Meaning.PATH),
            Map.entry("q", Meaning.QUERY),
            Map.entry("H", Meaning.PROTOCOL),
            Map.entry("s", Meaning.STATUS),
            Map.entry("b", Meaning.BYTES),
            Map.entry("B", Meaning.BYTES),
            Map.entry("O", Meaning.BYTES),
            Map.entry("u", Meaning.USER),
            Map.entry("v", Meaning.HOST),
            Map.entry("V", Meaning.HOST));

    private static final Map<String, Meaning> HEADERS = Map.of(
            "referer", Meaning.REFERER,
            "user-agent", Meaning.AGENT,
            "host", Meaning.HOST,
            "x-forwarded-for", Meaning.FORWARDED);

    private static final Map<String, Meaning> NGINX = Map.ofEntries(
            Map.entry("remote_addr", Meaning.CLIENT),
            Map.entry("remote_user", Meaning.USER),
            Map.entry("time_local", Meaning.TIME),
            Map.entry("time_iso8601", Meaning.TIME),
            Map.entry("msec", Meaning.TIME),
            Map.entry("request", Meaning.REQUEST),
            Map.entry("request_method", Meaning.METHOD),
            Map.entry("request_uri", Meaning.TARGET),
            Map.entry("server_protocol", Meaning.PROTOCOL),
            Map.entry("status", Meaning.STATUS),
            Map.entry("body_bytes_sent", Meaning.BYTES),
            Map.entry("bytes_sent", Meaning.BYTES),
            Map.entry("http_referer", Meaning.REFERER),
            Map.entry("http_user_agent", Meaning.AGENT),
            Map.entry("http_x_forwarded_for", Meaning.FORWARDED),
            Map.entry("host", Meaning.HOST),
            Map.entry("http_host", Meaning.HOST),
            Map.entry("server_name", Meaning.HOST));

    static FormatWords of(String format) {
        String text = format.length() > LONGEST ? format.substring(0, LONGEST) : format;
        List<Meaning> meanings = new ArrayList<>();
        List<FormatText> texts = new ArrayList<>();
        Matcher field = FIELD.matcher(text);
        StringBuilder between = new StringBuilder();
        int at = 0;
        while (field.find()) {
            between.append(text, at, field.start());
            at = field.end();
            if ("%".equals(field.group(2))) {
                between.append('%');
                continue;
            }
            // Apache's %t brings its own brackets.
            boolean bracketed = "t".equals(field.group(2)) && field.group(1) == null;
            texts.add(FormatText.of(between.append(bracketed ? "[" : "").toString()));
            between.setLength(0);
            between.append(bracketed ? "]" : "");
            meanings.add(meaning(field));
        }
        texts.add(FormatText.of(between.append(text.substring(at)).toString()));
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < meanings.size(); i++) {
            boolean query =
                    i > 0 && meanings.get(i) == Meaning.QUERY && texts.get(i).isEmpty();
            if (query && meanings.get(i - 1) == Meaning.PATH) {
                // %U%q is the target, cut in two where nobody needs to see it.
                parts.removeLast();
                parts.add(new Part(Meaning.TARGET, texts.get(i + 1)));
            } else {
                parts.add(new Part(meanings.get(i), texts.get(i + 1)));
            }
        }
        return new FormatWords(texts.getFirst(), parts);
    }

    private static Meaning meaning(Matcher field) {
        if (field.group(3) != null) {
            return NGINX.getOrDefault(field.group(3), Meaning.SKIP);
        }
        String argument = field.group(1);
        String letter = field.group(2);
        if (argument != null && letter.equals("i")) {
            return HEADERS.getOrDefault(argument.toLowerCase(Locale.ROOT), Meaning.SKIP);
        }
        boolean plain = argument == null || letter.equals("a") || letter.equals("t");
        return plain ? APACHE.getOrDefault(letter, Meaning.SKIP) : Meaning.SKIP;
    }
}
