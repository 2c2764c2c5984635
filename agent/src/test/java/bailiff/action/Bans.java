package bailiff.action;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Bans for tests, and what is known around them. */
final class Bans {

    static final Instant SINCE = Instant.ofEpochSecond(1_700_000_000);

    private Bans() {}

    /** A ban for ten minutes. */
    static Ban of(String subject) {
        Cidr network = Cidr.parse(subject).orElseThrow();
        return new Ban("j1", network, SINCE, SINCE.plusSeconds(600), 1, 3, Ban.BY_ADDRESS, "3 failures");
    }

    static Ticket ticket(String subject) {
        return new Ticket(of(subject), Map.of(), false);
    }

    static Ticket restored(String subject) {
        return new Ticket(of(subject), Map.of(), true);
    }

    static Ticket with(String subject, Map<String, String> groups) {
        return new Ticket(of(subject), groups, false);
    }

    /** A background in which these lines led to every ban. */
    static Background background(String... lines) {
        return background(_ -> List.of(lines));
    }

    /** A background in which each ban has lines of its own. */
    static Background background(Function<Ban, List<String>> lines) {
        return new Background() {
            @Override
            public List<String> matches(Ban ban) {
                return lines.apply(ban);
            }

            @Override
            public History history(Ban ban, boolean everyJail) {
                return new History(lines.apply(ban), everyJail ? 7 : 5);
            }

            @Override
            public long banned() {
                return 1;
            }

            @Override
            public long bannedTotal() {
                return 2;
            }

            @Override
            public long found() {
                return 3;
            }

            @Override
            public long foundTotal() {
                return 4;
            }
        };
    }

    static Room room(Shell shell, Background background) {
        return new Room("j1", shell, background, new HostNames(), () -> SINCE, true);
    }
}
