package bailiff.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one process took, from its start to its end.
 *
 * @param seconds by the clock
 * @param processor seconds of processor, the kernel's for it too
 * @param resident the most memory it held, in MiB; 0 where it was not measured
 * @param count the lines that it found; -1 where it does not say
 */
record Cost(double seconds, double processor, double resident, long count) {

    /** The middle of each figure by itself; of an even number the lower one. At least one is needed. */
    static Cost median(List<Cost> costs) {
        return new Cost(
                middle(costs, Cost::seconds),
                middle(costs, Cost::processor),
                middle(costs, Cost::resident),
                costs.getFirst().count());
    }

    private static double middle(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        List<Cost> sorted = new ArrayList<>(costs);
        sorted.sort(Comparator.comparingDouble(figure));
        return figure.applyAsDouble(sorted.get((sorted.size() - 1) / 2));
    }
}
