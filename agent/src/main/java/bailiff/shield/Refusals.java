package bailiff.shield;

import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Remembers whom the shield refused, for those who ask why. Not thread-safe. */
final class Refusals {

    /** Addresses that are remembered: those that were refused last. Some 150 bytes each. */
    static final int MOST = 2_048;

    private final KeyedHash hash;
    private final LinkedHashMap<Long, Refusal> last = new LinkedHashMap<>(16, 0.75f, true);

    Refusals(RandomGenerator chance) {
        this.hash = new KeyedHash(chance);
    }

    void note(Question question, Answer.Reason reason, String why, Instant now) {
        long key = key(question.address());
        Refusal before = last.get(key);
        long times = before == null ? 1 : before.times() + 1;
        last.put(key, new Refusal(times, now, question.door(), reason, why));
        if (last.size() > MOST) {
            last.pollFirstEntry();
        }
    }

    Optional<Refusal> of(IpAddress address) {
        return Optional.ofNullable(last.get(key(address)));
    }

    private long key(IpAddress address) {
        return hash.with(hash.with(KeyedHash.START, address.high()), address.low());
    }
}
