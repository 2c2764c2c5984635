package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BansTest {

    private static final Instant NOON = Fixed.NOON;

    private final AtomicInteger changes = new AtomicInteger();
    private final Bans bans = new Bans(new Random(1), changes::incrementAndGet);

    /** A ban of the model. */
    private record Key(String jail, Cidr subject) {}

    @Test
    void secondsLeft_randomLife_isThatOfASimpleModel() {
        Random random = new Random(20_261_121);
        Map<Key, Instant> model = new HashMap<>();
        List<String> jails = List.of("wordpress", "recidive");
        jails.forEach(bans::begin);
        Instant now = NOON;
        for (int step = 0; step < 20_000; step++) {
            now = now.plusMillis(random.nextInt(2_000));
            Cidr subject = subject(random);
            Key key = new Key(jails.get(random.nextInt(2)), subject);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    Instant until = random.nextInt(10) == 0 ? Instant.MAX : now.plusSeconds(random.nextInt(1, 3_000));
                    model.put(key, until);
                    bans.put(key.jail(), subject, now, until);
                }
                case 3 -> {
                    model.remove(key);
                    bans.remove(key.jail(), subject);
                }
                default -> {
                    IpAddress address = subject.first();
                    assertThat(bans.secondsLeft(address, now)).isEqualTo(left(model, address, now));
                }
            }
        }
        assertThat(bans.size()).isEqualTo(model.size());
    }

    /** Few enough that bans meet, of every length. */
    private static Cidr subject(Random random) {
        if (random.nextBoolean()) {
            return IpAddress.ofV4(0xcb00_7100 + random.nextInt(64))
                    .prefix(List.of(32, 32, 32, 28, 24).get(random.nextInt(5)));
        }
        IpAddress address = new IpAddress(0x2001_0db8_0000_0000L + random.nextInt(16), random.nextInt(4));
        return address.prefix(List.of(64, 64, 128, 56, 48).get(random.nextInt(5)));
    }

    /** Ends are held in whole seconds, rounded up. */
    private static OptionalLong left(Map<Key, Instant> model, IpAddress address, Instant now) {
        return model.entrySet().stream()
                .filter(ban -> ban.getKey().subject().contains(address))
                .map(ban -> ban.getValue().equals(Instant.MAX) ? Instant.MAX : wholeSecond(ban.getValue()))
                .filter(until -> until.isAfter(now))
                .max(Comparator.naturalOrder())
                .map(until -> OptionalLong.of(
                        until.equals(Instant.MAX)
                                ? Bans.LONGEST_SECONDS
                                : Math.max(1, Duration.between(now, until).toSeconds())))
                .orElse(OptionalLong.empty());
    }

    private static Instant wholeSecond(Instant time) {
        return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    @Test
    void put_jailThatTakesNoPart_isPassedOver() {
        bans.put("sshd", Fixed.cidr("203.0.113.9"), NOON, Instant.MAX);

        assertThat(bans.secondsLeft(Fixed.ip("203.0.113.9"), NOON)).isEmpty();
        assertThat(changes).hasValue(0);
    }

    @Test
    void end_jail_takesItsBansAlong() {
        bans.begin("wordpress");
        bans.begin("recidive");
        bans.put("wordpress", Fixed.cidr("203.0.113.9"), NOON, NOON.plusSeconds(60));
        bans.put("recidive", Fixed.cidr("203.0.113.9"), NOON, NOON.plusSeconds(30));

        bans.end("wordpress");

        assertThat(bans.secondsLeft(Fixed.ip("203.0.113.9"), NOON)).hasValue(30);
        assertThat(bans.jails()).containsExactly("recidive");
    }

    @Test
    void newest_moreThanWanted_areTheLatestThatLastEachOnce() {
        bans.begin("wordpress");
        bans.begin("recidive");
        for (int i = 0; i < 10_000; i++) {
            Instant since = NOON.plusSeconds(i);
            bans.put("wordpress", IpAddress.ofV4(i).alone(), since, since.plus(Duration.ofDays(1)));
        }
        bans.put("recidive", IpAddress.ofV4(9_999).alone(), NOON.plusSeconds(9_999), Instant.MAX);
        bans.put("wordpress", IpAddress.ofV4(9_998).alone(), NOON.plusSeconds(9_998), NOON.plusSeconds(9_999));

        List<Bans.Standing> newest = bans.newest(4, NOON.plusSeconds(9_999));

        assertThat(newest)
                .extracting(ban -> ban.subject().toString())
                .containsExactly("0.0.39.15", "0.0.39.13", "0.0.39.12");
        assertThat(newest.getFirst().until()).isEqualTo(0xffff_ffffL);
    }
}
