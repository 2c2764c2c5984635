package bailiff.enforce;

import java.util.List;

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
    public void strays(Places wanted, boolean applied, BanVisitor visitor) {}

    @Override
    public boolean standing() {
        return true;
    }

    @Override
    public void lower() {}

    @Override
    public void close() {}
}
