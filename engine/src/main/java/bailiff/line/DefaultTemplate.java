package bailiff.line;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The times that logs usually carry, found without being told which. Not thread-safe. */
final class DefaultTemplate implements DateTemplate {

    /*
     * Whoever tries to log in writes part of the line, so the place decides what is the line's own time:
     *
     * 1. The line's start, up to two characters or a syslog priority further on. A daemon writes there; nobody else.
     * 2. In an access log, [time] "request. The client chooses its user name in front of it and may write a time there,
     *    but no quotation mark, which both Apache (\") and nginx (\x22) escape. So the first such place before which no
     *    quotation mark stands, save escaped ones, is the server's.
     * 3. Otherwise the first time in the line.
     *
     * Days and months that could be either are told apart by the layout that fitted last at the line's start: the
     * same log goes on writing the same. Times found elsewhere teach nothing.
     */

    private static final int FURTHEST_START = 2;
    private static final int LONGEST_PRIORITY = 3;
    private static final String LINE_START = "{^LN-BEG}";
    private static final String AUDIT = "audit(";

    /** What stands in brackets in an access log. */
    private static final List<String> ACCESS = List.of(
            "%d/%b/%ExY[ :]?%H:%M:%S(?:\\.%f)?(?: %z\\b)?", "%ExY-%m-%d[T ] ?%H:%M:%S(?:[.,]%f)?(?: ? ?%z\\b)?");

    private static final List<String> ANYWHERE = List.of(
            "(?:%a )?%b %d %k:%M:%S(?:\\.%f)?(?: %ExY\\b)?",
            "%ExY-%m-%d[T ] ?%H:%M:%S(?:[.,]%f)?(?: ? ?%z\\b)?",
            "%d/%b/%ExY[ :]?%H:%M:%S(?:\\.%f)?(?: %z\\b)?",
            "%ExY/%m/%d[T ] ?%H:%M:%S(?:[.,]%f)?(?: ? ?%z\\b)?",
            "%ExY\\.%m\\.%d[T ] ?%H:%M:%S(?:[.,]%f)?(?: ? ?%z\\b)?",
            "%ExY%Exm%Exd[T ] ?%ExH%ExM%ExS(?:[.,]%f)?(?: ? ?%z\\b)?",
            "%ExY%Exm%Exd[-T ]%ExH:%ExM:%ExS(?:[.,]%f)?(?: ? ?%z\\b)?",
            "%d-%b-%ExY[ :]?%H:%M:%S(?:\\.%f)?(?: %z\\b)?",
            "(?:%a )?%b %d %ExY %k:%M:%S(?:\\.%f)?",
            "{ZONE} (?:%a )?%b %d %k:%M:%S(?:\\.%f)?(?: %ExY\\b)?",
            "%z (?:%a )?%b %d %k:%M:%S(?:\\.%f)?(?: %ExY\\b)?",
            "%ExY %b %d %k:%M:%S(?:\\.%f)?",
            "%d %b %ExY %k:%M:%S(?:\\.%f)?(?: %z\\b)?",
            "%b %d, %ExY %I:%M:%S %p",
            "%d/%m/%ExY %k:%M:%S",
            "%d/%m/%Exy %k:%M:%S",
            "%d-%m-%ExY %k:%M:%S",
            "%d-%m-%Exy %k:%M:%S",
            "%m/%d/%ExY:%H:%M:%S",
            "%m-%d-%ExY %k:%M:%S(?:\\.%f)?",
            "%Exy%Exm%Exd  ?%H:%M:%S",
            "{TAI64N}");

    /** Too short, or too much like any other number, to be believed in the middle of a line. */
    private static final List<String> AT_START =
            List.of("{EPOCH}", "%b-%d-%Exy %k:%M:%S", "<%m/%d/%Exy@%H:%M:%S>", "%H:%M:%S");

    private final Layouts access = Layouts.of(ACCESS);
    private final Layouts anywhere = Layouts.of(ANYWHERE);
    private final Layouts atStart = anywhere.and(AT_START);
    private final Layouts epoch = Layouts.of(List.of("{EPOCH}"));
    private final boolean anchored;
    private final LastTime lastAtStart = new LastTime();
    private final LastTime lastInAccessLog = new LastTime();
    private final DateReading reading = new DateReading();
    private Layout last;
    private Layout lastOfAccess;
    private Layout fitted;
    private boolean startFitted;

    /** With {@code anchored}, a time is looked for at the line's start only. */
    DefaultTemplate(boolean anchored) {
        this.anchored = anchored;
        this.last = atStart.first();
        this.lastOfAccess = access.first();
        this.fitted = last;
    }

    /** Every default layout as a datepattern, to be tried in this order. */
    static List<String> notations() {
        return Stream.concat(ANYWHERE.stream(), AT_START.stream()).toList();
    }

    @Override
    public boolean isAnchored() {
        return anchored;
    }

    /*
     * A time ends where no word goes on. It begins at the line's start, behind what is no word; behind a bracket; or
     * elsewhere where a word begins, but with a sign or @ even within one.
     */
    @Override
    public boolean mayCutBetween(char before, char after) {
        return !Layout.isWord(after) && !(anchored && Layout.isWord(before));
    }

    @Override
    public String form() {
        return (startFitted ? LINE_START : "") + fitted.notation();
    }

    @Override
    public @Nullable DateReading find(DateText text) {
        DateReading found = findAtStart(text);
        startFitted = found != null;
        if (found != null || anchored) {
            return found;
        }
        found = findInAccessLog(text);
        return found != null ? found : findAnywhere(text);
    }

    private @Nullable DateReading findAtStart(DateText text) {
        int priority = endOfPriority(text);
        for (int at = priority; at <= priority + FURTHEST_START && at < text.length(); at++) {
            DateReading same = lastAtStart.at(text, at);
            if (same != null) {
                fitted = last;
                return same;
            }
            if (isTimeAtStart(text, at)) {
                return reading;
            }
            if (Layout.isWord(text.peek(at))) {
                return null;
            }
        }
        return null;
    }

    private boolean isTimeAtStart(DateText text, int at) {
        text.lookAgain();
        Layout there = atStart.fitting(text, at, last, reading);
        if (there == null) {
            return false;
        }
        last = there;
        fitted = there;
        lastAtStart.keep(text.line(), at, text.reach(), reading);
        return true;
    }

    /** Where {@code <85>} or {@code <85>1 }, the form of RFC 3164 or 5424, ends; 0 when the line starts otherwise. */
    private static int endOfPriority(DateText text) {
        if (text.length() == 0 || text.peek(0) != '<') {
            return 0;
        }
        String line = text.line();
        int close = digits(line, 1, LONGEST_PRIORITY);
        if (close == 1 || !line.startsWith(">", close)) {
            return 0;
        }
        int version = digits(line, close + 1, 1);
        return version > close + 1 && line.startsWith(" ", version) ? version + 1 : close + 1;
    }

    private static int digits(String line, int at, int most) {
        int limit = Math.min(line.length(), at + most);
        int stop = at;
        while (stop < limit && DateDigits.isDigit(line.charAt(stop))) {
            stop++;
        }
        return stop;
    }

    private @Nullable DateReading findInAccessLog(DateText text) {
        int at = text.find('[', 0);
        int quote = at < 0 ? -1 : quote(text);
        for (; at >= 0 && at < quote; at = text.find('[', at + 1)) {
            DateReading same = lastInAccessLog.at(text, at + 1);
            if (same != null) {
                fitted = lastOfAccess;
                return same;
            }
            if (isTimeInAccessLog(text, at + 1)) {
                return reading;
            }
        }
        return null;
    }

    /** The first quotation mark that is not escaped, as Apache escapes those of a user name; -1 when there is none. */
    private static int quote(DateText text) {
        int quote = text.find('"', 0);
        while (quote > 0 && text.peek(quote - 1) == '\\') {
            quote = text.find('"', quote + 1);
        }
        return quote;
    }

    private boolean isTimeInAccessLog(DateText text, int at) {
        text.lookAgain();
        Layout there = access.fitting(text, at, null, reading);
        if (there == null || !text.startsWith("] \"", reading.to())) {
            return false;
        }
        lastOfAccess = there;
        fitted = there;
        lastInAccessLog.keep(text.line(), at, text.reach(), reading);
        return true;
    }

    private @Nullable DateReading findAnywhere(DateText text) {
        String line = text.line();
        boolean inWord = false;
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (c <= ' ') {
                inWord = false;
            } else if (isLetterOrDigit(c)) {
                if (!inWord && isTimeAt(text, at)) {
                    return reading;
                }
                inWord = true;
            } else {
                if ((c == '@' || isSign(line, at)) && isTimeAt(text, at)) {
                    return reading;
                }
                inWord = Layout.isWord(c);
            }
        }
        return null;
    }

    /** Whether the offset of a zone may begin there. */
    private static boolean isSign(String line, int at) {
        char c = line.charAt(at);
        return (c == '+' || c == '-') && at + 1 < line.length() && DateDigits.isDigit(line.charAt(at + 1));
    }

    private boolean isTimeAt(DateText text, int at) {
        Layout there = anywhere.fitting(text, at, null, reading);
        if (there == null
                && at > 0
                && text.line().charAt(at - 1) == '('
                && text.line().startsWith(AUDIT, at - AUDIT.length())) {
            there = epoch.fitting(text, at, null, reading);
        }
        if (there == null) {
            return false;
        }
        fitted = there;
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return DateDigits.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }
}
