package bailiff.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** The log that the toy site writes, as rsyslog writes it. Safe for any thread and for several processes. */
final class AuthLog {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    /** The site's name, which stands in every line. */
    static final String SITE = "blog.example.test";

    private final Path file;

    AuthLog(Path file) {
        this.file = file;
    }

    /** Appends what the site would log of this visit, in one write. */
    void write(Visit visit, Outcome outcome) throws IOException {
        String time = TIME.format(OffsetDateTime.now(ZoneId.systemDefault()));
        Files.writeString(
                file,
                time + " vps wordpress(" + SITE + ")[4711]: " + visit.report(outcome) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
