package bailiff.guard;

import bailiff.line.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What an import has taken over, and what it has not.
 *
 * @param database fail2ban's file
 * @param version of its tables
 * @param fail2banRuns whether fail2ban goes on reading and banning, so that another import will be needed
 * @param jails what it came to for each jail that stands in the database, by name
 */
public record ImportReport(Path database, int version, boolean fail2banRuns, List<JailReport> jails) {

    public ImportReport {
        jails = List.copyOf(jails);
    }

    /**
     * What came of one jail.
     *
     * @param jail its name, as fail2ban's database has it: fit for a terminal
     * @param known whether the configuration has such a jail, switched on; else nothing of it is taken over
     * @param bans bans that stand, and are new to us
     * @param already bans that stand, and that we knew
     * @param history bans that are over and were new to us
     * @param left bans of an unknown jail, which were left
     * @param logs the logs that are read on from where fail2ban was
     * @param notes what was not taken over and why, a sentence each
     */
    public record JailReport(
            String jail,
            boolean known,
            int bans,
            int already,
            int history,
            int left,
            List<String> logs,
            List<String> notes) {}

    /** Counts while the import goes on. Not thread-safe. */
    static final class JailCount {

        private static final int MOST_NOTES = 100;
        private static final int LONGEST_ID = 100;

        private final String jail;
        private final boolean knownJail;
        private final List<String> notes = new ArrayList<>();
        final List<String> logs = new ArrayList<>();
        int standing;
        int known;
        int past;
        int left;
        private int refused;
        private String example = "";

        JailCount(String jail, boolean knownJail) {
            this.jail = jail;
            this.knownJail = knownJail;
        }

        void note(String sentence) {
            if (notes.size() < MOST_NOTES) {
                notes.add(Printable.text(sentence));
            }
        }

        /** One entry could not be used; the first of them is shown. */
        void refuse(String entry, String why) {
            refused++;
            if (example.isEmpty()) {
                example = "'" + Printable.text(entry, LONGEST_ID) + "': " + why;
            }
        }

        JailReport report() {
            List<String> all = new ArrayList<>(notes);
            if (refused > 0) {
                all.add(refused + (refused == 1 ? " entry" : " entries") + " could not be used, such as " + example
                        + ".");
            }
            return new JailReport(Printable.text(jail), knownJail, standing, known, past, left, List.copyOf(logs), all);
        }
    }
}
