package bailiff.filter;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Looks values up in the query of a request. Stateless. */
final class Query {

    private Query() {}

    /** The decoded value that PHP takes for that name, which is the last one; empty where there is none. */
    static String value(String query, String name) {
        if (query.indexOf('=') < 0) {
            return "";
        }
        String found = "";
        for (int at = 0; at < query.length(); ) {
            int end = query.indexOf('&', at);
            end = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', at);
            if (equals >= 0
                    && equals < end
                    && decoded(query.substring(at, equals)).equals(name)) {
                found = decoded(query.substring(equals + 1, end));
            }
            at = end + 1;
        }
        return found;
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
