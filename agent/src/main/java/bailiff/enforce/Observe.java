package bailiff.enforce;

import bailiff.net.Cidr;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The firewall of a guard that only watches: it accepts every change and does nothing. */
final class Observe implements Firewall {

    @Override
    public String backend() {
        return "observe";
    }

    @Override
    public boolean enforces() {
        return false;
    }

    @Override
    public void raise(List<Fence> fences) {}

    @Override
    public void apply(List<Change> changes) {}

    @Override
    public Map<String, Set<Cidr>> held() {
        return Map.of();
    }

    @Override
    public boolean standing() {
        return true;
    }

    @Override
    public void lower() {}

    @Override
    public void close() {}
}
