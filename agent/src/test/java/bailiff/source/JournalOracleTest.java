package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.source.Journal.Field;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries become the same lines as in fail2ban, which is asked at run time. */
class JournalOracleTest {

    private static final String PYTHON = "/usr/bin/python3";

    private static final String PROGRAM = """
            import sys, time
            sys.path.insert(0, '/usr/lib/python3/dist-packages')
            from systemd import journal
            from fail2ban.server.filtersystemd import FilterSystemd
            from fail2ban.server.jail import Jail
            filter = FilterSystemd(Jail('oracle', backend='polling'), journalfiles=sys.argv[1])
            filter.setLogEncoding('utf-8')
            reader = filter.getJournalReader()
            reader.seek_head()
            while True:
                entry = reader.get_next()
                if not entry:
                    break
                try:
                    line, at = filter.formatJournalEntry(entry)
                    print(line[2].encode('utf-8', 'replace').hex(), round(at * 1000000))
                except Exception as e:
                    print('error', 0)
            """;

    private static final Instant START = Instant.parse("2026-11-20T12:00:00.123456Z");
    private static final int ENTRIES = 2_000;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(20261120);

    @BeforeEach
    void need() throws IOException, InterruptedException {
        FollowerTests.need(Journal.isPossible(), "systemd-journal-remote");
        boolean possible = Files.isExecutable(Path.of(PYTHON))
                && new ProcessBuilder(PYTHON, "-c", "import systemd.journal, fail2ban.server.filtersystemd")
                                .start()
                                .waitFor()
                        == 0;
        FollowerTests.need(possible, "fail2ban with python3-systemd");
    }

    @Test
    void text_nastyEntries_isFail2bans() throws Exception {
        Path file = directory.resolve("system.journal");
        try (Journal journal = Journal.open(file)) {
            for (int i = 0; i < ENTRIES; i++) {
                journal.write(START.plusMillis(i), entry());
            }
        }

        List<String> theirs = theirs(file);
        List<String> ours = ours(file);

        assertThat(theirs).hasSize(ENTRIES);
        assertThat(ours).hasSize(ENTRIES);
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < ENTRIES; i++) {
            // fail2ban's own formatting fails for some entries, which it then never sees.
            if (!theirs.get(i).equals("error 0") && !ours.get(i).equals(theirs.get(i))) {
                differing.add(read(theirs.get(i)) + " <> " + read(ours.get(i)));
            }
        }
        assertThat(differing).isEmpty();
        assertThat(theirs.stream().filter("error 0"::equals).count())
                .as("entries that fail2ban cannot read")
                .isLessThan(ENTRIES / 4);
    }

    private static String read(String line) {
        return new String(HexFormat.of().parseHex(line.substring(0, line.indexOf(' '))), StandardCharsets.UTF_8);
    }

    private List<String> theirs(Path file) throws IOException {
        Process python = new ProcessBuilder(PYTHON, "-c", PROGRAM, file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return python.inputReader(StandardCharsets.US_ASCII).lines().toList();
    }

    private static List<String> ours(Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        JournalSource source =
                new JournalSource(List.of(), Map.of("journalfiles", file.toString()), StandardCharsets.UTF_8);
        new PastJournal(source).read((line, _, _) -> {
            Instant time = line.time().orElseThrow();
            lines.add(HexFormat.of().formatHex(line.text().getBytes(StandardCharsets.UTF_8)) + " "
                    + (time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000));
        });
        return lines;
    }

    private Field[] entry() {
        List<Field> fields = new ArrayList<>();
        maybe(fields, "_HOSTNAME", "vps", "my host", "h\u00f6st", "");
        maybe(fields, "SYSLOG_IDENTIFIER", "sshd", "kernel", "php-fpm: pool", "a\nb", "", "\u65e5\u672c");
        maybe(fields, "_COMM", "cron", "kernel", "(x)");
        maybe(fields, "SYSLOG_PID", "12", "0", "", " 7 ", "0x1f", "007", "99999999999");
        maybe(fields, "_PID", "4711", "1");
        maybe(fields, "_SOURCE_REALTIME_TIMESTAMP", "1795000000000001", "1500000000999999");
        maybe(fields, "_SOURCE_MONOTONIC_TIMESTAMP", "5", "123456789012", "0");
        for (int i = random.nextInt(3); i >= 0; i--) {
            fields.add(new Field("MESSAGE", message()));
        }
        return fields.toArray(Field[]::new);
    }

    private void maybe(List<Field> fields, String name, String... values) {
        if (random.nextInt(3) > 0) {
            fields.add(Field.of(name, values[random.nextInt(values.length)]));
        }
    }

    private byte[] message() {
        byte[][] parts = {
            "Failed password for root from 192.0.2.1".getBytes(StandardCharsets.UTF_8),
            "\n".getBytes(StandardCharsets.UTF_8),
            "\r\t\0\u0001".getBytes(StandardCharsets.UTF_8),
            "\u00e9\u2028\ud83d\ude00".getBytes(StandardCharsets.UTF_8),
            {(byte) 0xe9, ' ', (byte) 0xff},
            {(byte) 0xc3},
            "=\\n\\".getBytes(StandardCharsets.UTF_8),
        };
        byte[] message = {};
        for (int i = random.nextInt(4); i > 0; i--) {
            byte[] part = parts[random.nextInt(parts.length)];
            byte[] longer = java.util.Arrays.copyOf(message, message.length + part.length);
            System.arraycopy(part, 0, longer, message.length, part.length);
            message = longer;
        }
        return message;
    }
}
