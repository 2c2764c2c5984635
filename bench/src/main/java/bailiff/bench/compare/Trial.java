package bailiff.bench.compare;

import java.util.List;

/**
 * One program over one log.
 *
 * @param name what it is called in the table
 * @param command what is run
 * @param count how it says what it found
 * @param input the log
 * @param ours whether it is Bailiff
 */
record Trial(String name, List<String> command, Count count, Log input, boolean ours) {

    static Trial ours(String name, List<String> command, Count count, Log input) {
        return new Trial(name, command, count, input, true);
    }

    static Trial peer(String name, List<String> command, Count count, Log input) {
        return new Trial(name, command, count, input, false);
    }
}
