package bailiff.cli;

import bailiff.evidence.score.Scoring;
import bailiff.evidence.site.Allowance;
import bailiff.line.AccessLog;
import bailiff.line.LogLine;
import bailiff.source.PastLog;
import java.time.ZoneOffset;

/** Gives the requests of past access logs to a {@link Scoring}. */
final class PastRequests implements PastLog.Reader {

    private final Scoring scoring = new Scoring(Allowance.USUAL, PastServices.JETPACK);
    private final AccessLog records = new AccessLog(ZoneOffset.UTC);
    private long lines;
    private long requests;

    @Override
    public void line(LogLine line, long number, boolean whole) {
        lines++;
        if (whole) {
            records.read(line).ifPresent(request -> {
                requests++;
                scoring.read(request);
            });
        }
    }

    Scoring scoring() {
        return scoring;
    }

    /** How many of the lines were requests. */
    long requests() {
        return requests;
    }

    /** How many lines were read, whatever they were. */
    long lines() {
        return lines;
    }
}
