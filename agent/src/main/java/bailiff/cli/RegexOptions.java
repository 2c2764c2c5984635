package bailiff.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be asked of the command {@code regex}, in the words of fail2ban-regex. */
final class RegexOptions {

    /** So many lines of a kind are listed where nothing else is asked for. */
    private static final int LISTED = 20;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "DIR",
            defaultValue = "/etc/fail2ban",
            description = "configuration directory (default: ${DEFAULT-VALUE})")
    Path config = Path.of("/etc/fail2ban");

    @Option(
            names = {"-d", "--datepattern"},
            paramLabel = "PATTERN",
            description = "where and how the time is written")
    @Nullable
    String datepattern;

    @Option(
            names = {"--timezone", "--TZ"},
            paramLabel = "ZONE",
            description = "of times that name none")
    @Nullable
    String timezone;

    @Option(
            names = {"-e", "--encoding"},
            paramLabel = "NAME",
            defaultValue = "UTF-8",
            description = "of the log file (default: ${DEFAULT-VALUE})")
    String encoding = "UTF-8";

    @Option(
            names = {"-r", "--raw"},
            description = "do not look up host names (they never are)")
    boolean raw;

    @Option(names = "--usedns", paramLabel = "MODE", description = "with no, <HOST> takes addresses only")
    @Nullable
    String usedns;

    @Option(
            names = {"-L", "--maxlines"},
            paramLabel = "N",
            description = "lines that the expressions see together")
    int maxlines;

    @Option(
            names = {"-m", "--journalmatch"},
            paramLabel = "MATCH",
            description = "of the journal, instead of the filter's")
    @Nullable
    String journalmatch;

    @Option(
            names = {"-l", "--log-level"},
            paramLabel = "LEVEL",
            description = "taken and not used: nothing is logged")
    @Nullable
    String logLevel;

    @Option(
            names = {"-v", "--verbose"},
            description = "also list whom each expression blames")
    boolean[] verbose = {};

    @Option(names = "--verbosity", paramLabel = "N", description = "-v so many times")
    int verbosity;

    @Option(
            names = {"--verbose-date", "--VD"},
            description = "also show the date patterns")
    boolean verboseDate;

    @Option(
            names = {"-D", "--debuggex"},
            description = "not possible here")
    boolean debuggex;

    @Option(names = "--no-check-all", description = "only the first expression that matches counts")
    boolean firstOnly;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "WHAT",
            description = "print only id, ip, msg, row, a tag's name, or a text with <ip> <fid> <F-USER> <time> <msg>")
    @Nullable
    String out;

    @Option(
            names = {"-i", "--invert"},
            description = "with --out: print the lines that do not match")
    boolean invert;

    @Option(names = "--print-no-missed", description = "do not list the lines that do not match")
    boolean noMissed;

    @Option(names = "--print-no-ignored", description = "do not list the lines that are ignored")
    boolean noIgnored;

    @Option(names = "--print-all-matched", description = "list every line that matches")
    boolean allMatched;

    @Option(names = "--print-all-missed", description = "list every line that does not match")
    boolean allMissed;

    @Option(names = "--print-all-ignored", description = "list every line that is ignored")
    boolean allIgnored;

    @Option(
            names = {"-t", "--log-traceback", "--full-traceback"},
            description = "taken and not used")
    boolean traceback;

    /** Lines of a kind that are listed; with {@code --maxlines}, as many as that says, as in fail2ban-regex. */
    int listed() {
        return maxlines > 0 ? maxlines : LISTED;
    }

    boolean isVerbose() {
        return verbose.length > 0 || verbosity > 0;
    }

    /** The report is printed, not only what {@code --out} asks for. */
    boolean isReporting() {
        return out == null;
    }
}
