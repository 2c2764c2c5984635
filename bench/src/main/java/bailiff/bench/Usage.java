package bailiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process holds and has used at one moment, as Linux counts it.
 *
 * @param resident all its pages in memory, in KiB, shared ones too
 * @param anonymous those of them that are its own
 * @param file those that lie in files, most of them shared with whoever uses the same program
 * @param children resident pages of its child processes, in KiB
 * @param ticks processor time so far, its ended children's too, in clock ticks of which a second has 100
 */
record Usage(long resident, long anonymous, long file, long children, long ticks) {

    private static final int TICKS_PER_SECOND = 100;

    /** Reads it off {@code /proc}. */
    static Usage of(ProcessHandle process) throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        long children = 0;
        for (ProcessHandle child : process.descendants().toList()) {
            children += number(Files.readString(Path.of("/proc/" + child.pid() + "/status")), "VmRSS");
        }
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return new Usage(
                number(status, "VmRSS"), number(status, "RssAnon"), number(status, "RssFile"), children, ticks(stat));
    }

    /** The number of KiB behind a name in {@code /proc/PID/status}; 0 where it is missing. */
    static long number(String status, String name) {
        Matcher matcher = Pattern.compile("^" + name + ":\\s*([0-9]+) kB$", Pattern.MULTILINE)
                .matcher(status);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /** User and system time, with that of ended children, from {@code /proc/PID/stat}. */
    static long ticks(String stat) {
        // The name, in parentheses, may hold spaces; utime is the twelfth word behind it.
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return Long.parseLong(words[11])
                + Long.parseLong(words[12])
                + Long.parseLong(words[13])
                + Long.parseLong(words[14]);
    }

    /** One line of a table, in MiB and seconds; {@code since} is the same process's usage when it had just started. */
    String row(String name, Usage since) {
        return String.format(
                Locale.ROOT,
                "%-36s %8.1f %8.1f %8.1f %8.1f %9.2f %9.2f",
                name,
                resident / 1024.0,
                anonymous / 1024.0,
                file / 1024.0,
                children / 1024.0,
                (double) since.ticks / TICKS_PER_SECOND,
                (double) (ticks - since.ticks) / TICKS_PER_SECOND);
    }

    /** The heading for {@link #row}. */
    static String heading() {
        return String.format(
                Locale.ROOT,
                "%-36s %8s %8s %8s %8s %9s %9s",
                "MiB; seconds of processor",
                "RSS",
                "own",
                "in files",
                "children",
                "starting",
                "idling");
    }
}
