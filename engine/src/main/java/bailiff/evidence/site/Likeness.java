package bailiff.evidence.site;

import java.util.ArrayList;
import java.util.List;

/** Says in words what requests of one fingerprint have in common. Stateless. */
final class Likeness {

    private static final String REFERER = " referer=";

    private Likeness() {}

    /** Such as {@code the login form, HTTP/1.1, no Referer, "Mozilla/5.0"}; it holds text that clients chose. */
    static String words(Fingerprint fingerprint) {
        String text = fingerprint.text();
        int blank = text.indexOf(' ');
        String door = door(blank < 0 ? text : text.substring(0, blank));
        if (fingerprint.grain() == Fingerprint.Grain.DOOR) {
            return "any attempt at " + door + " by somebody who visits nothing else";
        }
        int second = text.indexOf(' ', blank + 1);
        int referer = second < 0 ? -1 : text.indexOf(REFERER, second);
        int end = referer < 0 ? -1 : text.indexOf(' ', referer + REFERER.length());
        if (end < 0) {
            return text; // was read from a file that is damaged
        }
        List<String> words = new ArrayList<>(List.of(door));
        words.add(text.substring(blank + 1, second));
        String spelling = text.substring(Math.min(second + 1, referer), referer);
        words.add(spelling.isEmpty() ? "" : "spelled " + spelling);
        words.add(origin(text.substring(referer + REFERER.length(), end)));
        words.add(agent(fingerprint.grain(), text.substring(end + 1)));
        words.removeIf(String::isEmpty);
        return String.join(", ", words);
    }

    private static String door(String name) {
        return switch (name) {
            case "login" -> "the login form";
            case "xmlrpc" -> "xmlrpc.php";
            case "rest" -> "the REST API";
            default -> name;
        };
    }

    private static String origin(String name) {
        return switch (name) {
            case "none" -> "no Referer";
            case "door" -> "the form as Referer";
            case "elsewhere" -> "a Referer that is not the site";
            default -> "";
        };
    }

    private static String agent(Fingerprint.Grain grain, String text) {
        if (text.isEmpty()) {
            return "no User-Agent";
        }
        return grain == Fingerprint.Grain.SHAPE || text.equals(Fingerprint.UNTOLD_AGENT) ? text : '"' + text + '"';
    }
}
