package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a {@link Campaign} had come to at some moment: for those who show it, write it down or tell others. Immutable.
 *
 * @param site where it goes on; text that clients may have chosen, as {@code users} and {@code likeness}
 * @param name what it is called, no two of one site alike
 * @param since when the first attempt came that looks like it
 * @param last when the last came so far
 * @param sources sources so far
 * @param attempts attempts so far
 * @param refused how many of them this guard refused
 * @param banned how many of its sources were banned by evidence
 * @param users the accounts that it tries, as far as they are known, with the number of attempts; 64 at most
 * @param likeness what its requests have in common, in words
 * @param powerOfTen how many times likelier what was seen is in an attack than without one, as a power of ten
 * @param latest its latest sources, the last one first; 32 at most
 */
public record CampaignNews(
        String site,
        String name,
        Instant since,
        Instant last,
        long sources,
        long attempts,
        long refused,
        long banned,
        Map<String, Integer> users,
        String likeness,
        double powerOfTen,
        List<Cidr> latest) {

    public CampaignNews {
        users = Map.copyOf(users);
        latest = List.copyOf(latest);
    }

    /** The accounts with the number of attempts, the most tried first. */
    public List<Map.Entry<String, Integer>> accounts() {
        return new TreeMap<>(users)
                .entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                        .toList();
    }
}
