package bailiff.source;

import bailiff.source.SourceState.Condition;
import bailiff.source.SourceState.Tally;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** What there is to tell of one log: its condition, and what has been read of it. */
final class Account {

    private Condition condition = Condition.MISSING;
    private String reason = "";
    private String note = "";
    private Instant lastRead = Instant.EPOCH;
    private long lines;
    private long overlong;
    private long unfinished;
    private long renewals;

    /** Takes what was found at the name. */
    void look(Look found) {
        switch (found) {
            case Look.Present ignored -> be(Condition.FOLLOWED, note);
            case Look.Missing ignored -> be(Condition.MISSING, note);
            case Look.Refused refused -> be(Condition.REFUSED, refused.reason());
            case Look.Unreadable unreadable -> be(Condition.UNREADABLE, unreadable.reason());
        }
    }

    void duplicate() {
        be(Condition.DUPLICATE, "Another log of the jail is the same file.");
    }

    void failed(IOException failure) {
        be(Condition.UNREADABLE, Look.reason(failure));
    }

    /** Says that the file of the bookmark is gone, and with it perhaps lines that were never read. */
    void lost(Mark mark) {
        note = "What came after byte " + mark.offset() + " of the file read before was not found.";
        reason = note;
    }

    void line(boolean whole) {
        lines++;
        overlong += whole ? 0 : 1;
    }

    void read(Instant now) {
        lastRead = now;
    }

    void unfinishedLines(int more) {
        unfinished += more;
    }

    void renewed() {
        renewals++;
    }

    boolean isFollowed() {
        return condition == Condition.FOLLOWED;
    }

    SourceState state(Path path, long behind) {
        return new SourceState(
                path, condition, reason, behind, lastRead, new Tally(lines, overlong, unfinished, renewals));
    }

    private void be(Condition now, String why) {
        condition = now;
        reason = why;
    }
}
