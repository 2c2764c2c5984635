package bailiff.line;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the lines of access logs of any form that it knows, and finds the form out from the lines: Apache's and nginx's
 * {@code common}, {@code combined} and {@code vhost_combined}, the JSON of Caddy, Traefik and nginx, and a form that the
 * administrator names. Lines of several forms may alternate.
 *
 * <p>Never throws, whatever the bytes; its work is linear in the line's length, its memory a few hundred texts. Not
 * thread-safe.
 */
public final class AccessLog {

    private final List<AccessForm> forms = new ArrayList<>();
    private final PlainForm plain;
    private int last;

    /** For logs whose times are of that zone where they name none. */
    public AccessLog(ZoneId zone) {
        plain = new PlainForm(zone);
        forms.add(plain);
        forms.add(new JsonForm(zone));
    }

    /**
     * Adds a form that is tried before all others.
     *
     * @param format Apache's LogFormat or nginx's log_format, as in the server's configuration, without its name
     * @return false when it does not name client, time, request and status, or two fields of it touch
     */
    public boolean add(String format, ZoneId zone) {
        Optional<LogFormat> form = LogFormat.of(format, zone);
        form.ifPresent(found -> {
            forms.addFirst(found);
            last = 0;
        });
        return form.isPresent();
    }

    /** The request that the line tells of; empty where it is no line of an access log, or names no address. */
    public Optional<AccessRecord> read(LogLine line) {
        Optional<AccessRecord> found = forms.get(last).read(line);
        for (int i = 0; found.isEmpty() && i < forms.size(); i++) {
            if (i != last) {
                found = forms.get(i).read(line);
                if (found.isPresent()) {
                    last = i;
                }
            }
        }
        return found;
    }

    /**
     * The offset of the server's clock from UTC, as the latest line of Apache's or nginx's own form named it; empty before
     * there was one.
     */
    public Optional<ZoneOffset> offset() {
        int seconds = plain.offset();
        return seconds == AccessTime.NO_OFFSET ? Optional.empty() : Optional.of(ZoneOffset.ofTotalSeconds(seconds));
    }
}
