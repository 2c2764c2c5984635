package bailiff.enforce;

import bailiff.net.Cidr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A firewall in memory that can be told to refuse, or to lose its table. */
final class FakeFirewall implements Firewall {

    final Map<String, Set<Cidr>> bans = new HashMap<>();
    final Set<Cidr> refused = new HashSet<>();
    final List<String> calls = new ArrayList<>();
    String raiseRefusal = "";
    boolean standing;
    boolean closed;

    @Override
    public String backend() {
        return "fake";
    }

    @Override
    public boolean enforces() {
        return true;
    }

    @Override
    public synchronized void raise(List<Fence> fences) throws FirewallException {
        calls.add("raise");
        if (!raiseRefusal.isEmpty()) {
            throw new FirewallException(raiseRefusal);
        }
        standing = true;
        bans.keySet().retainAll(fences.stream().map(Fence::jail).toList());
        fences.forEach(fence -> bans.putIfAbsent(fence.jail(), new HashSet<>()));
    }

    @Override
    public synchronized void apply(List<Change> changes) throws FirewallException {
        calls.add("apply " + changes.size());
        List<Change> failed = new ArrayList<>();
        for (Change change : changes) {
            Set<Cidr> jail = bans.get(change.jail());
            if (!standing || jail == null || refused.contains(change.subject())) {
                failed.add(change);
            } else if (change instanceof Change.Add) {
                jail.add(change.subject());
            } else {
                jail.remove(change.subject());
            }
        }
        if (!failed.isEmpty()) {
            throw new FirewallException("refused", failed);
        }
    }

    @Override
    public void strays(Places wanted, boolean applied, BanVisitor visitor) {
        held().forEach((jail, subjects) -> subjects.stream()
                .filter(subject -> !wanted.contains(jail, subject))
                .forEach(subject -> visitor.visit(jail, subject)));
    }

    /** What is banned now, by jail. */
    synchronized Map<String, Set<Cidr>> held() {
        Map<String, Set<Cidr>> copy = new HashMap<>();
        bans.forEach((jail, subjects) -> copy.put(jail, Set.copyOf(subjects)));
        return copy;
    }

    @Override
    public synchronized boolean standing() {
        calls.add("standing");
        return standing;
    }

    @Override
    public synchronized void lower() {
        calls.add("lower");
        vanish();
    }

    /** Somebody else clears the packet filter. */
    synchronized void vanish() {
        standing = false;
        bans.clear();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }
}
