package bailiff.enforce;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The quick way to nft: a child process that stays, so that a ban costs no start of a program.
 *
 * <p>Not thread-safe: {@link Nftables} owns it.
 */
final class NftShell implements Closeable {

    /*
     * `nft -i` carries out each line when it has read it and says nothing when all went well. A second line, a question
     * that never reaches the kernel, makes it print a known answer: when that has come, the line before it is done. Any
     * other word before that answer, a late answer, or a dead child all mean one thing, "not known to be done", and the
     * caller does the same again by the slow way, which has an exit code. Commands must therefore bear repetition.
     *
     * The child keeps the lines it has read for its history, so it is replaced after so many characters. Without
     * reading every answer it would block; the reading thread keeps nothing but the count and whether anything was
     * said.
     */
    private static final String QUESTION = "describe ipv4_addr";

    private static final String ANSWER = "datatype ipv4_addr";

    private enum Reply {
        DONE,
        COMPLAINT,
        END
    }

    private record Child(Process process, BlockingQueue<Reply> replies) {}

    private final CommandRunner runner;
    private final Duration patience;
    private final int lifetime;
    private @Nullable Child child;
    private int told;

    /** A shell that starts its child when it is needed, and another after {@code lifetime} characters. */
    NftShell(CommandRunner runner, Duration patience, int lifetime) {
        this.runner = runner;
        this.patience = patience;
        this.lifetime = lifetime;
    }

    /** Has nft carry out one line; false when it is not known to have done so. */
    boolean tell(String line) {
        try {
            Child nft = open();
            told += line.length();
            OutputStream to = nft.process().getOutputStream();
            to.write((line + "\n" + QUESTION + "\n").getBytes(StandardCharsets.UTF_8));
            to.flush();
            Reply reply = nft.replies().poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (reply == null || reply == Reply.END || told > lifetime) {
                close();
            }
            return reply == Reply.DONE;
        } catch (IOException e) {
            close();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            return false;
        }
    }

    /** Ends the child; the next line starts another. */
    @Override
    public void close() {
        Child last = child;
        child = null;
        told = 0;
        if (last != null) {
            last.process().destroyForcibly();
        }
    }

    private Child open() throws IOException {
        Child last = child;
        if (last != null && last.process().isAlive()) {
            return last;
        }
        close();
        Process process = runner.start(List.of("nft", "-i"));
        Child fresh = new Child(process, new ArrayBlockingQueue<>(2));
        Thread.ofPlatform().daemon().name("bailiff-nft").start(() -> listen(fresh));
        child = fresh;
        return fresh;
    }

    private static void listen(Child nft) {
        try (InputStream from = nft.process().getInputStream()) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(from, StandardCharsets.UTF_8));
            boolean complaint = false;
            for (String line = next(lines); line != null; line = next(lines)) {
                if (line.startsWith(ANSWER)) {
                    nft.replies().offer(complaint ? Reply.COMPLAINT : Reply.DONE);
                    complaint = false;
                } else {
                    complaint |= !line.isBlank();
                }
            }
        } catch (IOException e) {
            nft.process().destroyForcibly();
        }
        nft.replies().offer(Reply.END);
    }

    /** The beginning of the next line, or null at the end: a complaint repeats the whole command, which may be long. */
    private static @Nullable String next(BufferedReader lines) throws IOException {
        StringBuilder start = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            if (start.length() < ANSWER.length()) {
                start.append((char) c);
            }
        }
        return start.toString();
    }
}
