package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.jr.ob.JSON;

/** Reads what {@code nft -j list} writes. Whatever is not ours, or not understood, is passed over. */
final class NftListing {

    private NftListing() {}

    /** Our sets, in the kernel's order. */
    static List<BanSet> sets(String json) throws FirewallException {
        List<BanSet> sets = new ArrayList<>();
        eachSet(json, (set, members) -> sets.add(set));
        return sets;
    }

    /** Whether one of the chains listed is in our table. */
    static boolean hasChain(String json) throws FirewallException {
        return entries(json).stream()
                .map(entry -> map(map(entry).get("chain")))
                .anyMatch(chain -> "bailiff".equals(chain.get("table")));
    }

    /** Our bans, by jail. */
    static Map<String, Set<Cidr>> bans(String json) throws FirewallException {
        Map<String, Set<Cidr>> bans = new HashMap<>();
        eachSet(json, (set, members) -> {
            Set<Cidr> jail = bans.computeIfAbsent(set.jail(), name -> new HashSet<>());
            members.forEach(member -> subject(set, member).ifPresent(jail::add));
        });
        return bans;
    }

    private static void eachSet(String json, BiConsumer<BanSet, List<?>> visitor) throws FirewallException {
        for (Object entry : entries(json)) {
            Map<?, ?> set = map(map(entry).get("set"));
            if ("bailiff".equals(set.get("table")) && set.get("name") instanceof String name) {
                BanSet.named(name).ifPresent(ours -> visitor.accept(ours, list(set.get("elem"))));
            }
        }
    }

    private static List<?> entries(String json) throws FirewallException {
        try {
            return list(JSON.std.mapFrom(json).get("nftables"));
        } catch (JacksonException e) {
            throw new FirewallException("nft's listing is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A member with an end is wrapped: {@code {"elem": {"val": "192.0.2.1", "timeout": 60, ...}}}. */
    private static Optional<Cidr> subject(BanSet set, Object member) {
        Object value =
                member instanceof String ? member : map(map(member).get("elem")).get("val");
        return value instanceof String text
                ? IpAddress.parse(text)
                        .filter(address -> address.isV4() == set.v4())
                        .map(address -> Cidr.of(address, set.length()))
                : Optional.empty();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
