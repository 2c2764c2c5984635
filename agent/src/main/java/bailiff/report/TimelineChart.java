package bailiff.report;

import java.util.Locale;

/** Draws what was served and refused over time, as SVG: one row of bars for each, each in its own measure. Stateless. */
final class TimelineChart {

    private static final int COLUMNS = 180;
    private static final int WIDTH = 900;
    private static final int LEFT = 150;
    private static final int ROW = 70;
    private static final int BARS = 54;
    private static final int FOOT = 24;

    private TimelineChart() {}

    static String svg(Timeline timeline, Wording words) {
        StringBuilder svg = new StringBuilder();
        int rows = 0;
        for (Timeline.Line line : Timeline.Line.values()) {
            rows += timeline.total(line) > 0 ? 1 : 0;
        }
        svg.append("<svg role=\"img\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(rows * ROW + FOOT)
                .append("\"><title>Page views, requests to xmlrpc.php, logins and refusals over time</title>\n");
        int row = 0;
        for (Timeline.Line line : Timeline.Line.values()) {
            if (timeline.total(line) > 0) {
                row(svg, timeline, line, row++ * ROW);
            }
        }
        text(svg, LEFT, rows * ROW + 18, "start", words.moment(timeline.first()).substring(0, 16));
        text(svg, WIDTH, rows * ROW + 18, "end", words.moment(timeline.end()).substring(0, 16));
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Timeline timeline, Timeline.Line line, int top) {
        String name = switch (line) {
            case PAGES -> "page views";
            case XMLRPC -> "xmlrpc.php served";
            case LOGIN -> "logins served";
            case REFUSED -> "refused";
        };
        long[] steps = timeline.steps(line, COLUMNS);
        long most = 1;
        for (long step : steps) {
            most = Math.max(most, step);
        }
        text(svg, 0, top + 30, "start", name);
        text(svg, 0, top + 46, "start", Wording.number(timeline.total(line)) + ", at most " + Wording.number(most));
        double width = (double) (WIDTH - LEFT) / steps.length;
        svg.append("<path class=\"")
                .append(line.name().toLowerCase(Locale.ROOT))
                .append("\" d=\"");
        for (int i = 0; i < steps.length; i++) {
            if (steps[i] > 0) {
                double height = Math.max(1, (double) BARS * steps[i] / most);
                svg.append(String.format(
                        Locale.ROOT,
                        "M%.1f %dh%.1fv%.1fh-%.1fz",
                        LEFT + i * width,
                        top + BARS + 8,
                        Math.max(0.8, width * 0.9),
                        -height,
                        Math.max(0.8, width * 0.9)));
            }
        }
        svg.append("\"/>\n");
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" text-anchor=\"")
                .append(anchor);
        svg.append("\">").append(Html.escaped(text)).append("</text>\n");
    }
}
