package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/** Chromium without a window, which opens a page and measures what a reader would see. */
final class Browser {

    /*
     * The page stands in a frame of another one, whose script looks at it from outside: the page itself allows none. All
     * names lead to a proxy that the test has, so that whatever the page would fetch is seen.
     */

    private static final String BEGIN = "BEGIN-SEEN";
    private static final String END = "END-SEEN";

    private static final String LOOK = """
            <!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
            <iframe id="f" src="@PAGE@" style="border:0;width:@WIDTH@px;height:900px"></iframe><pre id="told"></pre><script>
            const parts = c => { const v = c.match(/[\\d.]+/g).map(Number); return v.length < 4 ? [...v, 1] : v; };
            const light = c => { const [r, g, b] = parts(c).slice(0, 3).map(v => v / 255)
              .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
              return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
            const ratio = (a, b) => { const [x, y] = [light(a), light(b)];
              return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
            document.getElementById('f').onload = e => {
              const w = e.target.contentWindow, d = w.document;
              const style = n => w.getComputedStyle(n);
              const ground = n => { for (; n; n = n.parentElement) {
                const c = style(n).backgroundColor; if (parts(c)[3] > 0) return c; } return 'rgb(255,255,255)'; };
              const worded = [...d.body.querySelectorAll('*')].filter(n =>
                [...n.childNodes].some(t => t.nodeType === 3 && t.data.trim()) && n.tagName !== 'title');
              const contrast = Math.min(...worded.map(n =>
                ratio(n instanceof w.SVGElement ? style(n).fill : style(n).color, ground(n))));
              const box = n => n ? n.getBoundingClientRect() : { width: 0, height: 0 };
              const levels = [...d.querySelectorAll('h1,h2,h3')].map(n => +n.tagName[1]);
              document.getElementById('told').textContent = '@BEGIN@' + btoa(unescape(encodeURIComponent(JSON.stringify({
                title: d.title, text: d.body.innerText, contrast, levels,
                ground: light(style(d.body).backgroundColor),
                chartWidth: box(d.querySelector('svg')).width, chartHeight: box(d.querySelector('svg')).height,
                bars: [...d.querySelectorAll('svg path:not(.grid)')].map(n => n.getBBox().height),
                overflow: d.documentElement.scrollWidth - w.innerWidth,
                active: d.querySelectorAll('script,img,iframe,object,embed,link,form,a,audio,video,base').length,
                references: d.querySelectorAll('[src],[href],[onerror],[onload],[onclick]').length,
                headers: d.querySelectorAll('th').length, scoped: d.querySelectorAll('th[scope]').length,
              })))) + '@END@';
            };
            </script>
            """;

    private final Path folder;
    private final int proxyPort;

    /** One that keeps its things there, and finds the world behind that port of this machine. */
    Browser(Path folder, int proxyPort) {
        this.folder = folder;
        this.proxyPort = proxyPort;
    }

    /** What is seen of a page, in a window so many pixels wide, by somebody who likes it dark or light. */
    Map<String, Object> look(Path page, int width, boolean dark) {
        try {
            String look = LOOK.replace("@PAGE@", page.toUri().toString())
                    .replace("@WIDTH@", Integer.toString(width))
                    .replace("@BEGIN@", BEGIN)
                    .replace("@END@", END);
            Path frame = Files.writeString(folder.resolve("look.html"), look);
            String dom = run(frame, dark);
            int from = dom.indexOf(BEGIN, dom.indexOf("id=\"told\""));
            int to = dom.indexOf(END, Math.max(from, 0));
            if (from < 0 || to < 0) {
                throw new AssertionError("Chromium saw nothing: " + dom);
            }
            byte[] json = Base64.getDecoder().decode(dom.substring(from + BEGIN.length(), to));
            return JSON.std.mapFrom(new String(json, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(Path frame, boolean dark) {
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--allow-file-access-from-files",
                "--enable-logging=stderr",
                "--user-data-dir=" + folder.resolve("profile"),
                "--proxy-server=127.0.0.1:" + proxyPort,
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                "--virtual-time-budget=5000",
                "--dump-dom",
                frame.toUri().toString()));
        Outcome outcome =
                Programs.run(command, Map.of("HOME", folder.toString())).good();
        List<String> said =
                outcome.err().lines().filter(line -> line.contains(":CONSOLE")).toList();
        if (!said.isEmpty()) {
            throw new AssertionError("The page complained: " + said);
        }
        return outcome.out();
    }
}
