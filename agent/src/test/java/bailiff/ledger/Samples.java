package bailiff.ledger;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the ledger's tests write into it. */
final class Samples {

    static final String JAIL = "wordpress";
    static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123Z");

    private Samples() {}

    static Ledger open(Path file) throws LedgerException {
        return Ledger.open(file, InstantSource.fixed(NOW));
    }

    static Ledger open(Path file, Bounds bounds) throws LedgerException {
        return Ledger.open(file, InstantSource.fixed(NOW), bounds);
    }

    static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    static Failure failure(String address, Instant time) {
        return failure(address, time, "Authentication failure for admin from " + address);
    }

    static Failure failure(String address, Instant time, String line) {
        return new Failure(JAIL, address(address).alone(), address(address), time, 1, "admin", line);
    }

    static Failure failureOf(String subject, String address) {
        return new Failure(JAIL, network(subject), address(address), NOW, 1, "admin", "line of " + address);
    }

    /** A ban of one hour. */
    static Ban ban(String subject, Instant since) {
        return ban(subject, since, since.plusSeconds(3_600));
    }

    static Ban ban(String subject, Instant since, Instant until) {
        return new Ban(JAIL, network(subject), since, until, 1, 3, Ban.BY_ADDRESS, "3 failures within 1 min");
    }

    static Success success(String subject, String account, Instant time) {
        return new Success(JAIL, network(subject), "blog", account, time, Optional.empty());
    }

    static Ending.Lifted lifted(Instant at) {
        return new Ending.Lifted(at, "bailiff unban (root)", "the owner's office");
    }

    static List<Failure> openFailures(Ledger ledger, String jail) throws LedgerException {
        List<Failure> failures = new ArrayList<>();
        ledger.openFailures(jail, Instant.EPOCH, failures::add);
        return failures;
    }
}
