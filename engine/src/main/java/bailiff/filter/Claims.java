package bailiff.filter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Says, by one look at its bytes, which of several claims a line meets. A claim is what an expression requires of every
 * line that it matches. Immutable, for any number of threads.
 */
final class Claims {

    /*
     * Of each claim the first requirement is looked for, those of all claims at once. What is found has to stand in its
     * literal, and the claim's other requirements have to be met as well. Whether they are is asked at most so often as
     * Looks allows, for all claims of a line together; from then on what is found counts as met.
     */

    /** Of these needles one must be in the line. */
    record Requirement(List<Needle> needles, int rarity) {

        private boolean isMet(byte[] block, int from, int to) {
            for (int i = 0; i < needles.size(); i++) {
                if (needles.get(i).isIn(block, from, to)) {
                    return true;
                }
            }
            return false;
        }
    }

    private final Needles needles;
    private final int[][] owners;
    private final List<List<Requirement>> further;
    private final int[] costs;

    /** Of each claim at least one requirement, at most {@link Needles#MOST} different needles in the first ones. */
    Claims(List<List<Requirement>> claims) {
        Map<Needle, List<Integer>> sought = new LinkedHashMap<>();
        this.further = claims.stream()
                .map(claim -> List.copyOf(claim.subList(1, claim.size())))
                .toList();
        this.costs = further.stream()
                .mapToInt(more -> more.stream()
                        .mapToInt(requirement -> requirement.needles().size())
                        .sum())
                .toArray();
        for (int i = 0; i < claims.size(); i++) {
            for (Needle needle : claims.get(i).getFirst().needles()) {
                List<Integer> owned = sought.computeIfAbsent(needle, _ -> new ArrayList<>());
                if (owned.isEmpty() || owned.getLast() != i) {
                    owned.add(i);
                }
            }
        }
        this.needles = new Needles(List.copyOf(sought.keySet()));
        this.owners = sought.values().stream()
                .map(owned -> owned.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Takes what a line meets. */
    interface Taker {

        /** Whether it makes a difference if that claim is met. */
        boolean wants(int claim);

        /** That claim is met; the answer is whether nothing more needs to be known of the line. */
        boolean take(int claim);
    }

    /** Tells the taker of claims that the line between the bounds meets; only of such that it wants. */
    void tell(byte[] block, int from, int to, Taker taker) {
        Looks looks = new Looks();
        int _ = needles.find(block, from, to, (number, at) -> isEnough(number, at, block, from, to, looks, taker));
    }

    /** The same where what is looked for has been found already: the hits from the first up to, not including, the last. */
    void tell(byte[] block, int from, int to, Hits hits, int first, int last, Taker taker) {
        Looks looks = new Looks();
        boolean enough = false;
        for (int i = first; i < last && !enough; i++) {
            enough = isEnough(hits.number(i), hits.at(i), block, from, to, looks, taker);
        }
    }

    private boolean isEnough(int number, int at, byte[] block, int from, int to, Looks looks, Taker taker) {
        boolean known = false;
        for (int claim : owners[number]) {
            if (!taker.wants(claim)) {
                continue;
            }
            if (!known && looks.areLeft(1) && !needles.list().get(number).isOfLiteral(block, at, from, to)) {
                return false;
            }
            known = true;
            if ((!looks.areLeft(costs[claim]) || areMet(further.get(claim), block, from, to)) && taker.take(claim)) {
                return true;
            }
        }
        return false;
    }

    private static boolean areMet(List<Requirement> requirements, byte[] block, int from, int to) {
        for (int i = 0; i < requirements.size(); i++) {
            if (!requirements.get(i).isMet(block, from, to)) {
                return false;
            }
        }
        return true;
    }

    /** Whether some text that is looked for is in the line, whatever else it has. */
    boolean isMentioned(byte[] block, int from, int to) {
        Looks looks = new Looks();
        return needles.find(
                        block,
                        from,
                        to,
                        (number, at) ->
                                !looks.areLeft(1) || needles.list().get(number).isOfLiteral(block, at, from, to))
                >= 0;
    }

    /** What is looked for in blocks. */
    Needles needles() {
        return needles;
    }
}
