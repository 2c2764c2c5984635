package bailiff.config;

import bailiff.net.PortRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code http,https}, {@code 80,443} and {@code 1000:2000}. Immutable.
 */
final class Ports {

    static final int MOST_RANGES = 100;
    private static final int LARGEST_FILE = 1 << 20;
    private static final Pattern BLANKS = Pattern.compile("\\s++");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,5})(?:[:-](\\d{1,5}))?");
    private static final Pattern SERVICE = Pattern.compile("^(\\S+)\\s+(\\d{1,5})/\\w+([^#]*)");

    private static final Map<String, Integer> WELL_KNOWN = Map.ofEntries(
            Map.entry("ftp-data", 20),
            Map.entry("ftp", 21),
            Map.entry("ssh", 22),
            Map.entry("telnet", 23),
            Map.entry("smtp", 25),
            Map.entry("domain", 53),
            Map.entry("http", 80),
            Map.entry("www", 80),
            Map.entry("pop3", 110),
            Map.entry("nntp", 119),
            Map.entry("ntp", 123),
            Map.entry("imap", 143),
            Map.entry("imap2", 143),
            Map.entry("imap3", 220),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("smtps", 465),
            Map.entry("ssmtp", 465),
            Map.entry("submissions", 465),
            Map.entry("submission", 587),
            Map.entry("ldaps", 636),
            Map.entry("ftps-data", 989),
            Map.entry("ftps", 990),
            Map.entry("telnets", 992),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("socks", 1080),
            Map.entry("mysql", 3306),
            Map.entry("sieve", 4190),
            Map.entry("sip", 5060),
            Map.entry("sip-tls", 5061),
            Map.entry("postgresql", 5432),
            Map.entry("http-alt", 8080));

    private final Map<String, Integer> services;

    private Ports(Map<String, Integer> services) {
        this.services = services;
    }

    /** Knows the well-known services, and those of the file ({@code /etc/services}) as far as it can be read. */
    static Ports withServices(Path file) {
        Map<String, Integer> services = new HashMap<>();
        try (var in = Files.newInputStream(file)) {
            new String(in.readNBytes(LARGEST_FILE), StandardCharsets.ISO_8859_1)
                    .lines()
                    .forEach(line -> service(line, services));
        } catch (IOException e) {
            services.clear();
        }
        services.putAll(WELL_KNOWN);
        return new Ports(Map.copyOf(services));
    }

    private static void service(String line, Map<String, Integer> services) {
        Matcher service = SERVICE.matcher(line);
        if (service.find()) {
            int port = Integer.parseInt(service.group(2));
            if (port == 0 || port > PortRange.HIGHEST) {
                return;
            }
            services.putIfAbsent(service.group(1), port);
            BLANKS.splitAsStream(service.group(3)).forEach(alias -> services.putIfAbsent(alias, port));
        }
    }

    /** The ports that the value lists; none stands for all of them. */
    List<PortRange> parse(Passage value) throws BadValue {
        List<PortRange> ranges = new ArrayList<>();
        for (String item : value.words()) {
            PortRange range = range(item)
                    .orElseThrow(() -> new BadValue(
                            value.place(),
                            "read " + Quoted.of(item) + ", expected a port such as 80, http or 1000:2000"));
            if (!ranges.contains(range)) {
                ranges.add(range);
            }
            if (ranges.size() > MOST_RANGES) {
                throw new BadValue(value.place(), "expected at most " + MOST_RANGES + " ports");
            }
        }
        if (ranges.isEmpty()) {
            throw new BadValue(value.place(), "read " + Quoted.of(value.text()) + ", expected a port");
        }
        boolean every = ranges.stream().anyMatch(range -> range.first() <= 1 && range.last() == PortRange.HIGHEST);
        return every ? List.of() : List.copyOf(ranges);
    }

    private Optional<PortRange> range(String item) {
        Matcher numbers = NUMBERS.matcher(item);
        if (!numbers.matches()) {
            return Optional.ofNullable(services.get(item)).map(port -> new PortRange(port, port));
        }
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        boolean possible = first <= last && last <= PortRange.HIGHEST && last > 0;
        return possible ? Optional.of(new PortRange(first, last)) : Optional.empty();
    }
}
