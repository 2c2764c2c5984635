package bailiff.report;

import bailiff.filter.Door;
import bailiff.report.Findings.SourceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what to do now, as commands to copy. Not thread-safe. */
final class Advice {

    /*
     * Nothing in a command is a client's word but what cannot end a word of a shell: addresses that were parsed, and names
     * of PLAIN characters.
     */

    private static final int MOST_BANNED = 3;

    /** Fewer attempts are no reason to shut somebody out by hand. */
    private static final int BUSY = 10;

    private static final String PLAIN = "[A-Za-z0-9_][A-Za-z0-9_.@-]{0,59}";

    private final Findings findings;
    private final Wording words;
    private final List<String> lines = new ArrayList<>();

    Advice(Findings findings, Wording words) {
        this.findings = findings;
        this.words = words;
    }

    /** Each line a command, or words that begin with #; a command that ends in a backslash goes on in the next. */
    List<String> lines() {
        lines.clear();
        breakIns();
        if (findings.shape() == Findings.Shape.QUIET) {
            lines.add("sudo bailiff guard --observe   # nothing urgent: look on for a while");
            return List.copyOf(lines);
        }
        xmlrpc();
        if (findings.requests() == 0) {
            lines.add("# name the access log too: it tells which door it was, and what it answered");
        }
        lines.add("sudo bailiff guard   # from now on; 'guard --observe' shuts nobody out");
        List<String> busy = words.hides() ? List.of() : busy();
        if (!busy.isEmpty()) {
            lines.add("# while it runs, in another terminal"
                    + (findings.returns() != null ? ", longer than they wait:" : ":"));
            lines.add("sudo bailiff ban " + String.join(" ", busy) + " --for 4w");
        }
        return List.copyOf(lines);
    }

    private void breakIns() {
        if (findings.breakIns().isEmpty()) {
            return;
        }
        String user = findings.breakIns().stream()
                .map(one -> words.user(one.user()))
                .filter(name -> name.matches(PLAIN))
                .findFirst()
                .orElse("USER");
        lines.add("# if that was not you, in the site's folder: new password, no session, no stranger");
        lines.add("wp user reset-password " + user + " && wp user session destroy " + user + " --all");
        lines.add("wp user list --role=administrator; wp core verify-checksums");
    }

    private void xmlrpc() {
        boolean open = words.isOpen(Door.XMLRPC);
        if (open && findings.chronicle().verifiedAttempts() > 0) {
            lines.add("# Jetpack uses xmlrpc.php here: do not shut it, guard it");
        } else if (open && findings.chronicle().isNginx()) {
            lines.add("# unless an app or Jetpack needs xmlrpc.php, in the server's block:");
            lines.add("#     location = /xmlrpc.php { deny all; }");
            lines.add("sudo nginx -t && sudo systemctl reload nginx");
        } else if (open) {
            lines.add("# unless an app or Jetpack needs xmlrpc.php:");
            lines.add("printf '<Files xmlrpc.php>\\nRequire all denied\\n</Files>\\n' |");
            lines.add("  sudo tee /etc/apache2/conf-enabled/xmlrpc.conf");
            lines.add("sudo apachectl configtest && sudo apachectl graceful");
        }
    }

    /** Who got in, then those of whom most reached WordPress, or most were refused where none did. */
    private List<String> busy() {
        boolean any = findings.sources().stream().anyMatch(row -> row.served() >= BUSY);
        Stream<String> in = findings.breakIns().stream()
                .filter(BreakIn::certain)
                .map(one -> findings.chronicle()
                        .sources()
                        .get(one.source())
                        .network()
                        .toString());
        Stream<String> often = findings.sources().stream()
                .filter(row -> (any ? row.served() : row.attempts()) >= BUSY)
                .map(SourceRow::network)
                .map(Object::toString);
        return Stream.concat(in, often).distinct().limit(MOST_BANNED).collect(Collectors.toList());
    }
}
