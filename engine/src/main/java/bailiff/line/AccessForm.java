package bailiff.line;

import java.util.Optional;

/** One way in which servers write the lines of an access log. Not thread-safe. */
interface AccessForm {

    /** The request that the line tells of; empty where the line is not of this form. Never throws. */
    Optional<AccessRecord> read(LogLine line);
}
