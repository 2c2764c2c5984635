package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.jr.ob.JSON;

/** What {@code nft -j list} says about our table. Whatever is not ours, or not understood, is passed over. */
final class NftListing {

    /*
     * A listing of 100,000 bans is 7 MB of JSON, ten times that as maps and lists; so it is read as it comes, and only
     * the bans are kept. The places of interest, by depth:
     *
     *   {"nftables": [ {"set": {"name": ..., "table": ..., "elem": [ "192.0.2.1", {"elem": {"val": ...}} ]}} ]}
     *   1            2 3       4                                   5              6        7
     *
     * nft writes a set's name and table before its members.
     */
    private static final int ENTRY = 3;
    private static final int OBJECT = 4;
    private static final int MEMBERS = 5;
    private static final int TIMED_MEMBER = 7;

    private final List<BanSet> sets = new ArrayList<>();
    private final Map<String, Set<Cidr>> bans = new HashMap<>();
    private boolean chain;

    private String kind = "";
    private String name = "";
    private String table = "";

    private NftListing() {}

    /** Reads a listing to its end. */
    static NftListing read(InputStream json) throws IOException {
        NftListing listing = new NftListing();
        try (JsonParser parser = JSON.std.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                listing.take(token, parser);
            }
        } catch (JacksonException e) {
            throw new IOException("nft's listing cannot be read: " + e.getOriginalMessage(), e);
        }
        return listing;
    }

    /** Our sets, in the kernel's order. */
    List<BanSet> sets() {
        return sets;
    }

    /** Our bans, by jail. */
    Map<String, Set<Cidr>> bans() {
        return bans;
    }

    /** Whether a chain is in our table. */
    boolean hasChain() {
        return chain;
    }

    private void take(JsonToken token, JsonParser parser) {
        int depth = parser.streamReadContext().getNestingDepth();
        if (token == JsonToken.PROPERTY_NAME && depth == ENTRY) {
            kind = parser.currentName();
            name = "";
            table = "";
        } else if (token == JsonToken.VALUE_STRING) {
            text(depth, parser);
        } else if (token == JsonToken.END_OBJECT && depth == ENTRY && table.equals("bailiff")) {
            chain |= kind.equals("chain");
            set().ifPresent(set -> {
                sets.add(set);
                bans.computeIfAbsent(set.jail(), jail -> new HashSet<>());
            });
        }
    }

    private void text(int depth, JsonParser parser) {
        String field = Optional.ofNullable(parser.currentName()).orElse("");
        if (depth == OBJECT && field.equals("name")) {
            name = parser.getString();
        } else if (depth == OBJECT && field.equals("table")) {
            table = parser.getString();
        } else if (depth == MEMBERS || (depth == TIMED_MEMBER && field.equals("val"))) {
            set().ifPresent(set -> member(set, parser.getString()));
        }
    }

    private Optional<BanSet> set() {
        return kind.equals("set") && table.equals("bailiff") ? BanSet.named(name) : Optional.empty();
    }

    private void member(BanSet set, String text) {
        IpAddress.parse(text)
                .filter(address -> address.isV4() == set.v4())
                .ifPresent(address -> bans.computeIfAbsent(set.jail(), jail -> new HashSet<>())
                        .add(Cidr.of(address, set.length())));
    }
}
