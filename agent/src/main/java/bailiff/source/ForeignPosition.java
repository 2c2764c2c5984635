package bailiff.source;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How far another program has read a log, as fail2ban notes it: the first line's checksum tells which file was meant.
 *
 * @param log the log's name; its old files are looked at too, for it may have been rotated since
 * @param firstLine checksum of the file's first line with its line feed, in hexadecimal: SHA-1, or MD5 in old notes
 * @param offset how many bytes had been read
 */
public record ForeignPosition(Path log, String firstLine, long offset) {

    /** Lines this long do not begin a log of text: their checksum is not worth reading on for. */
    static final int LONGEST_FIRST_LINE = 1 << 20;

    /** What came of taking it over. */
    public sealed interface Outcome {

        /**
         * The file was found, and is the one that was meant.
         *
         * @param name by which a {@link LogFollower} knows the log
         * @param bookmark where it goes on, for the follower's bookmarks
         * @param file the name that the file bears now
         */
        record Found(String name, String bookmark, Path file) implements Outcome {}

        /** We have read as far ourselves, or farther. */
        record Behind() implements Outcome {}

        /**
         * It is of no use, so the log is read as if it were new.
         *
         * @param reason one sentence
         */
        record Useless(String reason) implements Outcome {}
    }

    /** The file that was meant, as it is found now. */
    private record Meant(Path file, Mark mark) {}

    /**
     * Looks for the file. Reads little more than its first line; never throws for what it finds.
     *
     * @param known our own bookmark for the log, if there is one: whichever leads farther holds
     */
    public Outcome against(Optional<String> known) {
        if (offset <= 0) {
            return new Outcome.Useless("Nothing of it had been read.");
        }
        try {
            Optional<Meant> meant = find();
            if (meant.isEmpty()) {
                return new Outcome.Useless("Neither it nor one of its old files has the first line that was noted.");
            }
            Path name = log.toAbsolutePath().normalize();
            String bookmark = Mark.write(List.of(meant.get().mark()));
            return isBehind(meant.get(), known)
                    ? new Outcome.Behind()
                    : new Outcome.Found(name.toString(), bookmark, meant.get().file());
        } catch (IOException e) {
            return new Outcome.Useless(Look.reason(e));
        }
    }

    private boolean isBehind(Meant meant, Optional<String> known) {
        Optional<Mark> ours = known.flatMap(Mark::read)
                .filter(marks -> !marks.isEmpty())
                .map(List::getLast)
                .filter(Mark::knowsContent);
        if (ours.isEmpty()) {
            return false;
        }
        if (ours.get().inode() == meant.mark().inode()) {
            return ours.get().offset() >= offset;
        }
        // One of the two had come to a newer file: the one that still bears the log's name.
        return !meant.file().equals(log)
                || (Look.at(log) instanceof Look.Present(FileStat stat)
                        && stat.inode() == ours.get().inode());
    }

    private Optional<Meant> find() throws IOException {
        Optional<MessageDigest> checksum = checksum();
        if (checksum.isEmpty()) {
            return Optional.empty();
        }
        List<Path> places = new ArrayList<>(List.of(log));
        places.addAll(Rotations.of(log).reversed());
        Path real = real();
        if (!real.equals(log)) {
            places.addAll(Rotations.of(real).reversed());
        }
        for (Path place : places) {
            if (Look.at(place) instanceof Look.Present) {
                Optional<Meant> meant = at(place, checksum.get());
                if (meant.isPresent()) {
                    return meant;
                }
            }
        }
        return Optional.empty();
    }

    private Path real() {
        try {
            return log.toRealPath();
        } catch (IOException e) {
            return log;
        }
    }

    private Optional<MessageDigest> checksum() {
        String name = firstLine.length() == 40 ? "SHA-1" : "MD5";
        try {
            return firstLine.matches("[0-9a-fA-F]{40}|[0-9a-fA-F]{32}")
                    ? Optional.of(MessageDigest.getInstance(name))
                    : Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            return Optional.empty();
        }
    }

    private Optional<Meant> at(Path place, MessageDigest checksum) throws IOException {
        Opened file = Opened.open(place);
        try (Feed feed = file.feed()) {
            if (feed.grows() && feed.size() < offset) {
                return Optional.empty();
            }
            byte[] beginning = feed.range(0, LineCutter.BLOCK);
            checksum.reset();
            boolean isMeant = passFirstLine(feed, beginning, checksum)
                    && HexFormat.of().formatHex(checksum.digest()).equals(firstLine.toLowerCase(Locale.ROOT));
            return isMeant ? Optional.of(new Meant(place, mark(file, beginning))) : Optional.empty();
        }
    }

    /** Whether there is a whole first line of bearable length. */
    private static boolean passFirstLine(Feed feed, byte[] beginning, MessageDigest checksum) throws IOException {
        byte[] block = beginning;
        for (long at = 0; block.length > 0 && at < LONGEST_FIRST_LINE; block = feed.range(at, LineCutter.BLOCK)) {
            int length = 0;
            while (length < block.length && block[length] != '\n') {
                length++;
            }
            if (length < block.length) {
                checksum.update(block, 0, length + 1);
                return true;
            }
            checksum.update(block, 0, length);
            at += length;
        }
        return false;
    }

    /** Of a compressed file the end of what was read is not looked up: it is known by its beginning alone. */
    private Mark mark(Opened file, byte[] beginning) throws IOException {
        int head = (int) Math.min(offset, Math.min(beginning.length, Fingerprint.HEAD));
        int tail = (int) Math.min(offset, Fingerprint.TAIL);
        boolean plain = file.feed().grows();
        byte[] last = plain ? file.feed().range(offset - tail, tail) : new byte[0];
        Fingerprint seen = new Fingerprint();
        seen.pass(Arrays.copyOf(beginning, head), last);
        // Within a line, what is left of it cannot be judged alone.
        boolean inLine = last.length > 0 && last[last.length - 1] != '\n';
        return new Mark(file.stat().inode(), offset, inLine, seen.head(), seen.tail());
    }
}
