package bailiff.action;

import bailiff.ban.Ban;
import bailiff.net.IpAddress;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tags of one ban. Looks up only what is asked for. Not thread-safe: one command long. */
final class TicketTags implements DynamicTags.Values {

    private final Ticket ticket;
    private final Background background;
    private final HostNames names;

    TicketTags(Ticket ticket, Background background, HostNames names) {
        this.ticket = ticket;
        this.background = background;
        this.names = names;
    }

    @Override
    public Optional<String> of(String tag) {
        Ban ban = ticket.ban();
        String value = switch (tag) {
            // A network is written with its length: packet filters take both.
            case "ip", "fid" -> ban.subject().toString();
            case "family" -> ticket.family();
            case "ip-rev" -> reversed(ban.subject().first());
            case "ip-host" ->
                ban.subject().isSingle()
                        ? names.of(ban.subject().first())
                        : ban.subject().toString();
            case "failures" -> String.valueOf(ban.failures());
            case "time" -> time(ban.since());
            case "bantime" -> bantime(ban);
            case "bancount" -> String.valueOf(ban.bancount());
            case "restored" -> ticket.restored() ? "1" : "0";
            default -> null;
        };
        return value == null ? further(tag, ban).or(() -> ofJail(tag)) : Optional.of(value);
    }

    private Optional<String> further(String tag, Ban ban) {
        return switch (tag) {
            case "matches" -> Optional.of(String.join("\n", background.matches(ban)));
            case "ipmatches" ->
                Optional.of(String.join("\n", background.history(ban, true).matches()));
            case "ipjailmatches" ->
                Optional.of(String.join("\n", background.history(ban, false).matches()));
            case "ipfailures" ->
                Optional.of(String.valueOf(background.history(ban, true).failures()));
            case "ipjailfailures" ->
                Optional.of(String.valueOf(background.history(ban, false).failures()));
            case "raw-ticket" -> Optional.of(raw(ban));
            default -> Optional.empty();
        };
    }

    private Optional<String> ofJail(String tag) {
        return switch (tag) {
            case "jail.banned" -> Optional.of(String.valueOf(background.banned()));
            case "jail.banned_total" -> Optional.of(String.valueOf(background.bannedTotal()));
            case "jail.found" -> Optional.of(String.valueOf(background.found()));
            case "jail.found_total" -> Optional.of(String.valueOf(background.foundTotal()));
            default -> ofMachine(tag, names);
        };
    }

    /** The tags that any command may have. */
    static Optional<String> ofMachine(String tag, HostNames names) {
        return switch (tag) {
            case "fq-hostname" -> Optional.of(names.full());
            case "sh-hostname" -> Optional.of(names.brief());
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<String> group(String name) {
        String live = ticket.groups().get(name);
        return live != null
                ? Optional.of(live)
                : Optional.ofNullable(background.groups(ticket.ban()).get(name));
    }

    /** Seconds since 1970 with a fraction, as Python writes them. */
    static String time(Instant moment) {
        BigDecimal seconds = BigDecimal.valueOf(moment.toEpochMilli(), 3).stripTrailingZeros();
        return seconds.setScale(Math.max(1, seconds.scale())).toPlainString();
    }

    private static String bantime(Ban ban) {
        return ban.isForEver()
                ? "-1"
                : String.valueOf(Duration.between(ban.since(), ban.until()).toSeconds());
    }

    /** As in the name of a PTR record or of a blocklist's answer, with a dot at the end. */
    static String reversed(IpAddress address) {
        InetAddress bytes = address.toInetAddress();
        List<String> parts = new ArrayList<>();
        for (byte part : bytes.getAddress()) {
            if (address.isV4()) {
                parts.add(String.valueOf(part & 0xFF));
            } else {
                parts.add(String.format(Locale.ROOT, "%x", (part >> 4) & 0xF));
                parts.add(String.format(Locale.ROOT, "%x", part & 0xF));
            }
        }
        Collections.reverse(parts);
        return String.join(".", parts) + ".";
    }

    private String raw(Ban ban) {
        return "BanTicket: ip=%s time=%s bantime=%s bancount=%d #attempts=%d matches=%s"
                .formatted(
                        ban.subject(),
                        time(ban.since()),
                        bantime(ban),
                        ban.bancount(),
                        ban.failures(),
                        background.matches(ban));
    }
}
