package bailiff.shield;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** A shield whose clock goes when told to, and the bans that it knows. */
final class Fixed implements InstantSource {

    static final Instant NOON = Instant.parse("2026-04-09T12:00:00Z");

    final Bans bans = new Bans(new Random(5), () -> {});
    final Set<IpAddress> spared = new HashSet<>();
    private Instant now = NOON;

    Fixed() {
        bans.begin("wordpress");
    }

    Shield shield() {
        return shield(Opinion.NONE, false);
    }

    Shield shield(Opinion opinion, boolean observe) {
        return new Shield(bans, spared::contains, opinion, observe, this, new Random(7));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** Bans the subject from now on. */
    void ban(String subject, Duration length) {
        bans.put("wordpress", cidr(subject), now, now.plus(length));
    }

    static Cidr cidr(String subject) {
        return Cidr.parse(subject).orElseThrow();
    }

    static IpAddress ip(String address) {
        return IpAddress.parse(address).orElseThrow();
    }

    /** The question that these words ask. */
    static Question question(String words) {
        byte[] line = ("ask " + words).getBytes(StandardCharsets.ISO_8859_1);
        return Question.parse(line, 0, line.length).orElseThrow();
    }
}
