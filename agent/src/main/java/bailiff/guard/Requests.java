package bailiff.guard;

import bailiff.evidence.site.Sites;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Takes a jail's lines as those of access logs. Not thread-safe: the jail's thread owns it. */
interface Requests {

    /** Of a jail whose lines are something else. */
    Requests NONE = new Requests() {
        @Override
        public boolean areRead() {
            return false;
        }

        @Override
        public List<Sites.Told> read(Path log, LogLine line, CidrSet spared, Instant now) {
            return List.of();
        }

        @Override
        public List<Sites.Told> due(Instant now) {
            return List.of();
        }

        @Override
        public void blame(Sites.Told told) {}

        @Override
        public boolean areWaiting() {
            return false;
        }
    };

    /** Whether the jail's lines are requests, and its filter is not to be asked. */
    boolean areRead();

    /**
     * Takes a line; one that is no request says nothing.
     *
     * @param log by the name under which it is followed
     * @param spared whose requests are passed over
     * @param now the time of reading
     * @return attempts of this jail's logs that are counted now
     */
    List<Sites.Told> read(Path log, LogLine line, CidrSet spared, Instant now);

    /** Earlier attempts of this jail's logs that nobody else has told of by now. */
    List<Sites.Told> due(Instant now);

    /** Takes in that nobody excuses the source of that attempt: it may be turned away at the doors. */
    void blame(Sites.Told told);

    /** Whether {@link #due} is to be asked again within some seconds. */
    boolean areWaiting();
}
