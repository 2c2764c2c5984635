package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Bantime;
import bailiff.ledger.Ending;
import bailiff.ledger.Fail2banRow;
import bailiff.ledger.Failure;
import bailiff.ledger.ForeignBan;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns what fail2ban's database says of a ban into a ban of ours, or says why that cannot be. Immutable. */
final class ImportedBans {

    /* Times before or after these were not written by fail2ban, and nobody is to be banned by a broken number. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofHours(1);
    private static final long LONGEST_SECONDS = 100L * 366 * 86_400;
    private static final int MOST_BANCOUNT = 1_000_000;

    private final Instant now;
    private final Function<String, Bantime> bantimes;

    /**
     * Bans as they stand at that moment.
     *
     * @param bantimes how long a jail's bans last, for those of which no time is known
     */
    ImportedBans(Instant now, Function<String, Bantime> bantimes) {
        this.now = now;
        this.bantimes = bantimes;
    }

    /** What comes of a row. */
    sealed interface Outcome {}

    /** It becomes this ban. */
    record Taking(ForeignBan past) implements Outcome {

        /** Whether the subject is banned by it now. */
        boolean stands() {
            return past.ending() instanceof Ending.Running;
        }
    }

    /**
     * It cannot be used.
     *
     * @param why part of a sentence, without hostile text
     */
    record Refused(String why) implements Outcome {}

    Outcome of(Fail2banRow row) {
        Optional<Cidr> subject = Cidr.parse(row.id());
        if (subject.isEmpty()) {
            return new Refused("it is no address");
        }
        Instant since = Instant.ofEpochSecond(Math.clamp(row.timeOfBan(), 0L, Integer.MAX_VALUE * 1_000L));
        if (since.isBefore(EARLIEST) || since.isAfter(now.plus(AHEAD))) {
            return new Refused("its time is in the future, or long before fail2ban");
        }
        if (row.bantime() < Fail2banRow.UNKNOWN || row.bantime() == 0) {
            return new Refused("its bantime is none");
        }
        Ban ban = new Ban(
                row.jail(),
                subject.get(),
                since,
                bantime(row).endOf(since),
                Math.clamp(row.bancount(), 1, MOST_BANCOUNT),
                row.failures(),
                Ban.TAKEN_OVER,
                reason(row));
        return new Taking(new ForeignBan(ban, ending(row, ban), evidence(row, ban)));
    }

    private Bantime bantime(Fail2banRow row) {
        if (row.bantime() == Fail2banRow.UNKNOWN) {
            return bantimes.apply(row.jail());
        }
        return row.bantime() == Fail2banRow.FOR_EVER || row.bantime() > LONGEST_SECONDS
                ? Bantime.FOR_EVER
                : new Bantime(Duration.ofSeconds(row.bantime()));
    }

    private static String reason(Fail2banRow row) {
        return row.failures() == 0
                ? "taken over from fail2ban"
                : row.failures() + (row.failures() == 1 ? " failure" : " failures") + ", taken over from fail2ban";
    }

    private Ending ending(Fail2banRow row, Ban ban) {
        if (ban.isOver(now)) {
            return new Ending.Expired(ban.until());
        }
        return row.current() ? Ending.RUNNING : new Ending.Replaced(now);
    }

    /** fail2ban does not note when each failure was: they all bear the ban's time. */
    private static List<Failure> evidence(Fail2banRow row, Ban ban) {
        return row.matches().stream()
                .map(line ->
                        new Failure(ban.jail(), ban.subject(), ban.subject().first(), ban.since(), 1, "", line))
                .toList();
    }
}
