package bailiff.report;

import bailiff.line.Printable;
import java.util.List;
import java.util.Set;

/** Writes a page that needs no other file, no script and no network. Whatever it is given is made inert. Not thread-safe. */
final class Html {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="referrer" content="no-referrer">
            """;

    private static final String STYLE = """
            <style>
            :root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--line:#d0d7de;--soft:#57606a;--card:#f6f8fa;
            --good:#1a7f4b;--xmlrpc:#c0392b;--login:#b4531a;--held:#5e6ad2;--alarm:#fff1f0}
            @media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--line:#30363d;--soft:#9da7b1;
            --card:#161b22;--good:#56d364;--xmlrpc:#ff7b72;--login:#f0a35e;--held:#a5b0ff;--alarm:#3b1214}}
            *{box-sizing:border-box}
            body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
            main{max-width:64rem;margin:auto;padding:1rem 1rem 3rem}
            h1{font-size:1.5rem;line-height:1.3;margin:.5rem 0}
            h2{font-size:1.15rem;margin:2.25rem 0 .5rem;padding-top:.75rem;border-top:1px solid var(--line)}
            p{margin:.5rem 0}
            .alarm{border:2px solid var(--xmlrpc);border-radius:.5rem;background:var(--alarm);padding:.5rem 1rem;margin:1rem 0}
            .alarm p{font-weight:600;overflow-wrap:anywhere}
            dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem;margin:1rem 0}
            dl div{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.5rem .75rem}
            dt{color:var(--soft);font-size:.8rem}dd{margin:0;font-size:1.35rem;font-weight:600;line-height:1.3}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);white-space:nowrap;
            vertical-align:top}
            thead th{color:var(--soft);font-size:.8rem;font-weight:600}tbody th{font-weight:600}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            td.t{white-space:normal;overflow-wrap:anywhere;min-width:12rem}
            pre{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.75rem;
            white-space:pre-wrap;overflow-wrap:anywhere;font:.85rem/1.6 ui-monospace,monospace}
            .soft{color:var(--soft);font-size:.9rem}
            svg{width:100%;min-width:36rem;height:auto;display:block}
            .pages{fill:var(--good)}.xmlrpc{fill:var(--xmlrpc)}.login{fill:var(--login)}.refused{fill:var(--held)}
            svg text{fill:var(--soft);font:12px system-ui,sans-serif}svg text.name{fill:var(--ink);font-weight:600}svg tspan.soft{fill:var(--soft);font-weight:400}
            svg .grid{stroke:var(--line);stroke-width:1;fill:none}
            @media print{main{max-width:none}svg{min-width:0}.wide{overflow:visible}tr,svg,pre,dl{break-inside:avoid}
            h2{break-after:avoid}}
            </style></head><body><main>
            """;

    private final StringBuilder page = new StringBuilder(64_000);

    /** Begins with that title. */
    Html(String title) {
        page.append(HEAD)
                .append("<title>")
                .append(escaped(title))
                .append("</title>\n")
                .append(STYLE);
        page.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    /** All that was written. */
    String end() {
        return page.append("</main></body></html>\n").toString();
    }

    void heading(String text) {
        page.append("<h2>").append(escaped(text)).append("</h2>\n");
    }

    void paragraph(String text) {
        page.append("<p>").append(escaped(text)).append("</p>\n");
    }

    /** What is less important. */
    void soft(String text) {
        page.append("<p class=\"soft\">").append(escaped(text)).append("</p>\n");
    }

    /** What must be read before all else. */
    void alarm(List<String> sentences) {
        page.append("<div class=\"alarm\" role=\"alert\">");
        sentences.forEach(this::paragraph);
        page.append("</div>\n");
    }

    /** A number to be seen at once, and what it counts. */
    record Figure(String name, String number) {}

    void figures(List<Figure> figures) {
        page.append("<dl>");
        for (Figure figure : figures) {
            page.append("<div><dt>")
                    .append(escaped(figure.name()))
                    .append("</dt><dd>")
                    .append(escaped(figure.number()))
                    .append("</dd></div>");
        }
        page.append("</dl>\n");
    }

    /** A drawing, which is already harmless. */
    void drawing(String svg) {
        page.append("<div class=\"wide\" tabindex=\"0\">").append(svg).append("</div>\n");
    }

    /** Lines to be copied. */
    void commands(List<String> lines) {
        page.append("<pre>");
        lines.forEach(line -> page.append(escaped(line)).append('\n'));
        page.append("</pre>\n");
    }

    /**
     * A table whose first column names its rows.
     *
     * @param numbers the columns, from 0, that are numbers
     * @param texts the columns, from 0, that may be long
     */
    void table(List<String> names, Set<Integer> numbers, Set<Integer> texts, List<List<String>> rows) {
        page.append("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
        for (int i = 0; i < names.size(); i++) {
            page.append("<th scope=\"col\"")
                    .append(numbers.contains(i) ? " class=\"n\">" : ">")
                    .append(escaped(names.get(i)))
                    .append("</th>");
        }
        page.append("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            page.append("<tr>");
            for (int i = 0; i < row.size(); i++) {
                String kind = texts.contains(i) ? " class=\"t\">" : numbers.contains(i) ? " class=\"n\">" : ">";
                page.append(i == 0 ? "<th scope=\"row\"" : "<td").append(kind);
                page.append(escaped(row.get(i))).append(i == 0 ? "</th>" : "</td>");
            }
            page.append("</tr>\n");
        }
        page.append("</tbody></table></div>\n");
    }

    /** Hostile text as text of a page: nothing in it begins a tag, ends an attribute, or turns the writing around. */
    static String escaped(String hostile) {
        return Printable.text(hostile)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
