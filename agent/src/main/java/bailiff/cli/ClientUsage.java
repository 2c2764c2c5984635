package bailiff.cli;

import java.io.PrintWriter;

/** What {@code bailiff client -h} shows. */
final class ClientUsage {

    private static final String TEXT = """
            Usage: bailiff client [OPTIONS] COMMAND

            Asks the running guard in the words of fail2ban-client. Ends with 0, or with 255 when it could not be done.

            Options:
                -c, --conf DIR        configuration that -t and -d read (default: /etc/bailiff over the built-in one)
                -s, --socket FILE     the guard's control socket (default: $BAILIFF_RUN/control.sock, else /run/bailiff)
                -t, --test            test the configuration
                -d                    show the configuration as the commands for fail2ban's server
                --dp, --dump-pretty   the same, long commands over several lines
                -i                    read commands from standard input until 'exit'
                --str2sec TIME        print a time such as '1d 12h' in seconds
                -h, --help            show this
                -V, --version         show the version
                -p -v -q -x -b -f --pname --loglevel --logtarget --syslogsocket --timeout --async
                                      are accepted and change nothing

            Commands:
                ping | version | echo WORD... | flushlogs | stop
                reload [--restart] [--unban] [--if-exists] [--all | JAIL] | restart JAIL
                status [JAIL [basic | short | stats | cymru]] | status --all [FLAVOR] | stats
                banned [IP...] | unban --all | unban IP...
                start JAIL | stop JAIL
                get | set loglevel | logtarget | syslogsocket | dbfile | dbmaxmatches | dbpurgeage
                set JAIL banip IP... | unbanip [--report-absent] IP... | attempt IP [LINE...] | idle on | off
                set JAIL OPTION VALUE, until the next reload: maxretry, findtime, bantime, maxmatches, maxlines,
                    usedns, datepattern, logtimezone, logencoding, prefregex, addfailregex, delfailregex,
                    addignoreregex, delignoreregex, ignoreself, addignoreip, delignoreip, ignorecommand,
                    ignorecache, addlogpath, dellogpath, addjournalmatch, deljournalmatch,
                    addaction, delaction, action ACTION PROPERTY
                get JAIL OPTION: the same, and banned [IP...], banip [SEPARATOR | --with-time], logpath, ignoreip,
                    journalmatch, failregex, ignoreregex, actions, actionproperties ACTION, actionmethods ACTION""";

    private ClientUsage() {}

    static void print(PrintWriter out) {
        out.println(TEXT);
    }
}
