package bailiff.ban;

import bailiff.net.Cidr;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A past that a test tells. */
final class Remembered implements Past {

    int bans;
    final Map<Cidr, PastBan> here = new HashMap<>();
    final Map<Cidr, PastBan> everywhere = new HashMap<>();

    @Override
    public int bans(Cidr subject) {
        return bans;
    }

    @Override
    public Optional<PastBan> last(Cidr subject) {
        return Optional.ofNullable(here.get(subject));
    }

    @Override
    public Optional<PastBan> everywhere(Cidr subject) {
        return Optional.ofNullable(everywhere.get(subject));
    }
}
