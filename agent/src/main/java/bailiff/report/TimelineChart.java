package bailiff.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws what was served and refused over time, as SVG: one row of bars for each, each in its own measure, over the same
 * days. Not thread-safe: for one drawing.
 */
final class TimelineChart {

    private static final int COLUMNS = 180;
    private static final int WIDTH = 900;
    private static final int TITLE = 22;
    private static final int BARS = 56;
    private static final int ROW = TITLE + BARS + 10;
    private static final int FOOT = 26;

    /** So many dates stand below the bars without touching each other. */
    private static final int MOST_DATES = 8;

    private static final long HOUR = 3_600_000;

    private final Timeline timeline;
    private final Wording words;
    private final StringBuilder svg = new StringBuilder(16_000);
    private final List<Timeline.Line> rows = new ArrayList<>();
    private final long step;
    private final int columns;

    private TimelineChart(Timeline timeline, Wording words) {
        this.timeline = timeline;
        this.words = words;
        for (Timeline.Line line : Timeline.Line.values()) {
            if (timeline.total(line) > 0) {
                rows.add(line);
            }
        }
        this.step = timeline.stepHours(COLUMNS) * HOUR;
        this.columns = timeline.steps(Timeline.Line.PAGES, COLUMNS).length;
    }

    static String svg(Timeline timeline, Wording words) {
        return new TimelineChart(timeline, words).draw();
    }

    private String draw() {
        svg.append("<svg role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(rows.size() * ROW + FOOT)
                .append("\"><title>Page views, requests to xmlrpc.php, logins and refusals over time</title>\n");
        dates();
        for (int i = 0; i < rows.size(); i++) {
            row(rows.get(i), i * ROW);
        }
        return svg.append("</svg>\n").toString();
    }

    /** A line through all rows at every so many columns, with its date below. */
    private void dates() {
        int apart = Math.max(1, (columns + MOST_DATES - 1) / MOST_DATES);
        int foot = rows.size() * ROW;
        for (int i = 0; i < columns; i += apart) {
            double x = (double) WIDTH * i / columns;
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>\n", x, TITLE, foot));
            // Short spans need the hour, long ones the year.
            String moment = words.moment(timeline.first() + i * step);
            String date = columns * step > 365 * 24 * HOUR ? moment.substring(0, 10) : moment.substring(5, 16);
            if (i + apart * 2 / 3 < columns || i == 0) {
                text(x, foot + 18, date);
            }
        }
    }

    private void row(Timeline.Line line, int top) {
        long[] steps = timeline.steps(line, COLUMNS);
        long most = 1;
        for (long count : steps) {
            most = Math.max(most, count);
        }
        svg.append("<text class=\"name\" x=\"0\" y=\"").append(top + 14).append("\">");
        svg.append(name(line)).append("<tspan class=\"soft\" dx=\"8\">");
        svg.append(Wording.number(timeline.total(line))).append(", at most ").append(Wording.number(most));
        svg.append(" in ").append(Wording.span(step)).append("</tspan></text>\n<path class=\"");
        svg.append(line.name().toLowerCase(Locale.ROOT)).append("\" d=\"");
        double width = (double) WIDTH / columns;
        double bar = Math.max(0.8, width * 0.85);
        int floor = top + TITLE + BARS;
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] > 0) {
                double height = Math.max(1.5, (double) BARS * steps[i] / most);
                svg.append(
                        String.format(Locale.ROOT, "M%.1f %dh%.1fv%.1fh-%.1fz", i * width, floor, bar, -height, bar));
            }
        }
        svg.append("\"/>\n<path class=\"grid\" d=\"M0 ")
                .append(floor)
                .append('H')
                .append(WIDTH)
                .append("\"/>\n");
    }

    private static String name(Timeline.Line line) {
        return switch (line) {
            case PAGES -> "page views";
            case XMLRPC -> "xmlrpc.php served";
            case LOGIN -> "logins served";
            case FAILED -> "failed logins";
            case REFUSED -> "refused";
        };
    }

    private void text(double x, int y, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">", x, y));
        svg.append(Html.escaped(text)).append("</text>\n");
    }
}
