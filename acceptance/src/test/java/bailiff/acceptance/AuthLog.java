package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.zip.GZIPOutputStream;

/** The log to which WordPress' messages go, as rsyslog writes it. */
final class AuthLog {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private final Path file;
    private int sessions;

    AuthLog(Path file) {
        this.file = file;
        append(new byte[0]);
    }

    Path file() {
        return file;
    }

    /** What WordPress writes when somebody at that address gives a wrong password, so many times. */
    void failures(String from, int times) {
        for (int i = 0; i < times; i++) {
            message("Authentication failure for admin from " + from);
        }
    }

    /** What sshd writes when somebody at that address gives a wrong password, so many times in one session. */
    void wrongPasswords(String from, int times) {
        sessions++;
        for (int i = 0; i < times; i++) {
            sshd("Failed password for root from " + from + " port " + (40_000 + sessions) + " ssh2");
        }
    }

    /** A session at verbose level, in which the failure itself has no address. */
    void lockedAccount(String from) {
        sessions++;
        int port = 40_000 + sessions;
        sshd("Connection from " + from + " port " + port + " on 192.0.2.1 port 22 rdomain \"\"");
        sshd("User backup not allowed because account is locked");
        sshd("Connection closed by invalid user backup " + from + " port " + port + " [preauth]");
    }

    /** Goes away before a password, which is no failure in the filter's normal mode. */
    void goneBeforePassword(String from) {
        sessions++;
        sshd("Connection closed by authenticating user root " + from + " port " + (40_000 + sessions) + " [preauth]");
    }

    private void sshd(String text) {
        message("sshd[" + (7_000 + sessions) + "]:", text);
    }

    /** A message of the site, in the frame that syslog gives it. */
    void message(String text) {
        message("wordpress(blog.example.test)[5002]:", text);
    }

    /** A message under another tag. */
    void message(String tag, String text) {
        line(frame(tag) + text);
    }

    /** What stands before a message. */
    static String frame(String tag) {
        return TIME.format(OffsetDateTime.now(ZoneId.systemDefault())) + " vm " + tag + " ";
    }

    /** A whole line, in one write. */
    void line(String text) {
        append((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes as they are. */
    void append(byte[] bytes) {
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns the log over as logrotate does with {@code create}: the old file is called {@code .1}. */
    void rotate() {
        try {
            Files.move(file, rotated(".1"));
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compresses the file that {@link #rotate} left, as logrotate does with {@code compress}. */
    void compress() {
        try (var out = new GZIPOutputStream(Files.newOutputStream(rotated(".1.gz")))) {
            Files.copy(rotated(".1"), out);
            Files.delete(rotated(".1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path rotated(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }
}
