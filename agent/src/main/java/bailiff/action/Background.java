package bailiff.action;

import bailiff.ban.Ban;
import java.util.List;

/**
 * What actions may want to know besides the ban. Asked on the thread of a jail's actions, and only for a command that
 * names it; may take its time, and gives what it has where something cannot be read.
 */
public interface Background {

    /**
     * What is known against a subject from its bans.
     *
     * @param matches lines, oldest first; hostile text
     * @param failures how many failures led to those bans
     */
    record History(List<String> matches, long failures) {}

    /** The lines that led to the ban, oldest first; hostile text. */
    List<String> matches(Ban ban);

    /** The bans of the subject, this one with them: in all jails, or in this one only. */
    History history(Ban ban, boolean everyJail);

    /** How many are banned in the jail now. */
    long banned();

    /** How many bans the jail has seen. */
    long bannedTotal();

    /** How many sources have failures in the jail and no ban. */
    long found();

    /** How many failures the jail has seen. */
    long foundTotal();

    /** What the filter found in the lines of a ban of an earlier run, as far as it is still known. */
    default java.util.Map<String, String> groups(Ban ban) {
        return java.util.Map.of();
    }
}
