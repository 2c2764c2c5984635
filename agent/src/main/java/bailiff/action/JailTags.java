package bailiff.action;

import java.util.Optional;

/** The tags of a command that is about no ban, as {@code actionstart} is; fail2ban has an empty ban there. */
record JailTags(String family, String now, Background background, HostNames names) implements DynamicTags.Values {

    @Override
    public Optional<String> of(String tag) {
        return switch (tag) {
            case "family" -> Optional.of(family);
            case "time" -> Optional.of(now);
            case "ip", "fid", "ip-rev", "ip-host", "matches", "ipmatches", "ipjailmatches", "raw-ticket" ->
                Optional.of("");
            case "failures", "ipfailures", "ipjailfailures", "bancount", "restored" -> Optional.of("0");
            case "jail.banned" -> Optional.of(String.valueOf(background.banned()));
            case "jail.banned_total" -> Optional.of(String.valueOf(background.bannedTotal()));
            case "jail.found" -> Optional.of(String.valueOf(background.found()));
            case "jail.found_total" -> Optional.of(String.valueOf(background.foundTotal()));
            default -> TicketTags.ofMachine(tag, names);
        };
    }

    @Override
    public Optional<String> group(String name) {
        return Optional.empty();
    }
}
