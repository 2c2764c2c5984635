package bailiff.line;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The times that logs usually carry, found without being told which. Not thread-safe. */
final class DefaultTemplate implements DateTemplate {

    /*
     * Whoever tries to log in writes part of the line, so the place decides what is the line's own time:
     *
     * 1. The line's start, up to two characters or a syslog priority further on. A daemon writes there; nobody else.
     * 2. In an access log, [time] "request. The client chooses its user name in front of it and may write a time there,
     *    but no quotation mark, which both Apache and nginx escape. So the first such place before which no quotation
     *    mark stands is the server's.
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

    private final List<Layout> access = layouts(ACCESS.stream());
    private final List<Layout> anywhere = layouts(ANYWHERE.stream());
    private final List<Layout> atStart = layouts(Stream.concat(ANYWHERE.stream(), AT_START.stream()));
    private final Layout epoch = Layout.of("{EPOCH}");
    private final boolean anchored;
    private Layout last;
    private Layout fitted;
    private boolean startFitted;

    /** With {@code anchored}, a time is looked for at the line's start only. */
    DefaultTemplate(boolean anchored) {
        this.anchored = anchored;
        this.last = atStart.getFirst();
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
    public boolean find(String line, DateReading out) {
        startFitted = findAtStart(line, out);
        return startFitted || (!anchored && (findInAccessLog(line, out) || findAnywhere(line, out)));
    }

    private boolean findAtStart(String line, DateReading out) {
        int priority = endOfPriority(line);
        for (int at = priority; at <= priority + FURTHEST_START && at < line.length(); at++) {
            if (isTimeAtStart(line, at, out)) {
                return true;
            }
            if (Layout.isWord(line.charAt(at))) {
                return false;
            }
        }
        return false;
    }

    private boolean isTimeAtStart(String line, int at, DateReading out) {
        if (fits(last, line, at, out)) {
            return true;
        }
        LayoutStart there = LayoutStart.at(line, at);
        for (Layout layout : atStart) {
            if (layout.mayStart(there) && fits(layout, line, at, out)) {
                last = layout;
                return true;
            }
        }
        return false;
    }

    private boolean fitsOne(List<Layout> layouts, String line, int at, DateReading out) {
        if (at == line.length()) {
            return false;
        }
        LayoutStart there = LayoutStart.at(line, at);
        for (Layout layout : layouts) {
            if (layout.mayStart(there) && fits(layout, line, at, out)) {
                return true;
            }
        }
        return false;
    }

    private boolean fits(Layout layout, String line, int at, DateReading out) {
        int end = layout.read(line, at, out);
        if (end < 0) {
            return false;
        }
        out.span(at, end);
        fitted = layout;
        return true;
    }

    /** Where {@code <85>} or {@code <85>1 }, the form of RFC 3164 or 5424, ends; 0 when the line starts otherwise. */
    private static int endOfPriority(String line) {
        if (!line.startsWith("<")) {
            return 0;
        }
        int close = DateDigits.skip(line, 1, line.length(), LONGEST_PRIORITY);
        if (close == 1 || !line.startsWith(">", close)) {
            return 0;
        }
        int version = DateDigits.skip(line, close + 1, line.length(), 1);
        return version > close + 1 && line.startsWith(" ", version) ? version + 1 : close + 1;
    }

    private boolean findInAccessLog(String line, DateReading out) {
        int quote = line.indexOf('"');
        for (int at = line.indexOf('['); at >= 0 && at < quote; at = line.indexOf('[', at + 1)) {
            if (fitsOne(access, line, at + 1, out) && line.startsWith("] \"", out.to())) {
                return true;
            }
        }
        return false;
    }

    private boolean findAnywhere(String line, DateReading out) {
        for (int at = 0; at < line.length(); at++) {
            char c = line.charAt(at);
            boolean startsWord = isLetterOrDigit(c) && (at == 0 || !Layout.isWord(line.charAt(at - 1)));
            if ((startsWord || c == '@' || isSign(line, at)) && isTimeAt(line, at, out)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the offset of a zone may begin there. */
    private static boolean isSign(String line, int at) {
        char c = line.charAt(at);
        return (c == '+' || c == '-') && at + 1 < line.length() && DateDigits.isDigit(line.charAt(at + 1));
    }

    private boolean isTimeAt(String line, int at, DateReading out) {
        boolean audited = line.startsWith(AUDIT, at - AUDIT.length());
        return fitsOne(anywhere, line, at, out) || (audited && fits(epoch, line, at, out));
    }

    private static boolean isLetterOrDigit(char c) {
        return DateDigits.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
    }

    private static List<Layout> layouts(Stream<String> notations) {
        List<Layout> layouts = new ArrayList<>();
        notations.map(Layout::of).forEach(layouts::add);
        return layouts;
    }
}
