package bailiff.report;

import bailiff.filter.Door;
import java.util.List;

/**
 * Somebody who had guessed, or is one of those who guess, was let in.
 *
 * @param source who, as {@link Sources} numbers them
 * @param millis when
 * @param door where
 * @param user as whom, hostile; empty where no log tells
 * @param guesses how many of his failures came before
 * @param users whom he had guessed at, hostile; empty where no log tells
 * @param campaign the name of the attack that he is of; empty where he guessed himself
 * @param certain whether the logs say that he was let in; else only the size of the answer does
 */
record BreakIn(
        int source,
        long millis,
        Door door,
        String user,
        long guesses,
        List<String> users,
        String campaign,
        boolean certain) {}
