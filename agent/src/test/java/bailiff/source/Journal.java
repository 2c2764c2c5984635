package bailiff.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real journal file that grows: what a test writes, systemd-journal-remote puts into it. */
public final class Journal implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/lib/systemd/systemd-journal-remote");

    /* When the machine began, so that its two clocks agree; in microseconds. */
    private static final long BOOT = 1_700_000_000_000_000L;

    /** A field of an entry; any bytes. */
    static final class Field {

        private final String name;
        private final byte[] value;

        Field(String name, byte[] value) {
            this.name = name;
            this.value = value;
        }

        static Field of(String name, String value) {
            return new Field(name, value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private final Process process;
    private final OutputStream to;

    private Journal(Process process) {
        this.process = process;
        this.to = process.getOutputStream();
    }

    /** Whether the programs that it needs are there. */
    public static boolean isPossible() {
        return Files.isExecutable(PROGRAM) && Files.isExecutable(Path.of("/usr/bin/journalctl"));
    }

    /** Opens a journal for writing, new or not. */
    public static Journal open(Path file) throws IOException {
        return new Journal(new ProcessBuilder(PROGRAM.toString(), "--output=" + file, "-")
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start());
    }

    /** What sshd wrote at that time. */
    public void ssh(Instant time, String message) throws IOException {
        write(
                time,
                Field.of("_HOSTNAME", "vps"),
                Field.of("SYSLOG_IDENTIFIER", "sshd"),
                Field.of("_PID", "4711"),
                Field.of("_SYSTEMD_UNIT", "ssh.service"),
                Field.of("MESSAGE", message));
    }

    /** Writes an entry that the journal got at that time. */
    void write(Instant time, Field... fields) throws IOException {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
        entry.writeBytes(("__REALTIME_TIMESTAMP=" + micros + "\n__MONOTONIC_TIMESTAMP=" + (micros - BOOT)
                        + "\n_BOOT_ID=0123456789abcdef0123456789abcdef\n")
                .getBytes(StandardCharsets.US_ASCII));
        for (Field field : List.of(fields)) {
            entry.writeBytes((field.name + "\n").getBytes(StandardCharsets.US_ASCII));
            entry.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(field.value.length)
                    .array());
            entry.writeBytes(field.value);
            entry.write('\n');
        }
        entry.write('\n');
        entry.writeTo(to);
        to.flush();
    }

    /** Ends writing; everything is in the file then. */
    @Override
    public void close() throws IOException {
        to.close();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("systemd-journal-remote does not end");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
