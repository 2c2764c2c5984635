package bailiff.enforce;

import bailiff.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rest of the agent as the enforcer sees it: the bans that should be, and what it was told of them. */
final class LedgerOfTest implements EnforcerListener {

    final Map<Place, Change.Add> active = new LinkedHashMap<>();
    final List<Change> inForce = new ArrayList<>();
    final List<String> failed = new ArrayList<>();

    synchronized Change.Add ban(Change.Add ban) {
        active.put(Place.of(ban), ban);
        return ban;
    }

    synchronized Change.Remove unban(String jail, Cidr subject) {
        active.remove(new Place(jail, subject));
        return new Change.Remove(jail, subject);
    }

    @Override
    public synchronized void inForce(Change change) {
        inForce.add(change);
    }

    @Override
    public synchronized void failed(Change change, String why) {
        failed.add(change.subject() + " " + why);
    }

    @Override
    public synchronized Collection<Change.Add> active() {
        return List.copyOf(active.values());
    }
}
