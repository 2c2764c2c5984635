package bailiff.cli;

import bailiff.evidence.score.Scoring;
import bailiff.evidence.site.Allowance;
import bailiff.line.CombinedRecords;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.source.PastLog;
import java.util.Optional;
import java.util.stream.Stream;

/** Gives the requests of past access logs to a {@link Scoring}. */
final class PastRequests implements PastLog.Reader {

    /** Jetpack's servers, as it publishes them; the first as seen in logs of 2016, which is wider. */
    private static final CidrSet JETPACK = new CidrSet(
            Stream.of("192.0.64.0/18", "122.248.245.244", "54.217.201.243", "54.232.116.4", "195.234.108.0/22")
                    .map(Cidr::parse)
                    .flatMap(Optional::stream)
                    .toList());

    private final Scoring scoring = new Scoring(Allowance.USUAL, JETPACK);
    private final CombinedRecords records = new CombinedRecords();
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
