package bailiff.source;

import bailiff.line.LogLine;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** One open file of a log, which is a series of files over time, and how far it has been read. */
final class Generation {

    /** What reading one block has come to. */
    enum Progress {
        /** There is more to read. */
        MORE,
        /** All that there was has been read. */
        END,
        /** What had been read is no longer there: the file was emptied or rewritten in place. Nothing was read. */
        CHANGED
    }

    private final Opened file;
    private final long liveFrom;
    private final Fingerprint seen = new Fingerprint();
    private Mark resume;
    private long position;
    private boolean inLine;
    private boolean leftover;
    private Instant quietSince = Instant.MAX;

    private Generation(Opened file, long liveFrom) {
        this.file = file;
        this.liveFrom = liveFrom;
        this.resume = new Mark(file.stat().inode(), 0, false, seen.head(), seen.tail());
    }

    /** Takes the lines of a file. */
    @FunctionalInterface
    interface Receiver {

        /** Takes one line, see {@link LineSink}. */
        void line(LogLine line, boolean live, boolean whole);

        /** See {@link LineSink#isEnough}. */
        default boolean isEnough() {
            return false;
        }
    }

    /** The file read from its beginning; what stands in it now is live or backlog. */
    static Generation fromHead(Opened file, boolean live) {
        return new Generation(file, live ? 0 : backlog(file));
    }

    /** The file read from its end; a line that is being written there is not ours. */
    static Generation fromTail(Opened file) throws IOException {
        long size = file.feed().size();
        Generation generation = new Generation(file, 0);
        generation.jump(size);
        byte[] last = file.feed().range(Math.max(0, size - 1), size > 0 ? 1 : 0);
        generation.inLine = last.length == 1 && last[0] != '\n';
        return generation;
    }

    /** The file read from a mark on; nothing, and the file closed, when it is not the one of which the mark speaks. */
    static Optional<Generation> fromMark(Opened file, Mark mark, boolean live) throws IOException {
        Generation generation = new Generation(file, live ? 0 : backlog(file));
        boolean same = false;
        try {
            same = file.feed().grows() ? generation.resumePlain(mark) : generation.resumeCompressed(mark);
        } finally {
            if (!same) {
                generation.close();
            }
        }
        return same ? Optional.of(generation) : Optional.empty();
    }

    private static long backlog(Opened file) {
        return file.feed().grows() ? file.stat().size() : Long.MAX_VALUE;
    }

    private boolean resumePlain(Mark mark) throws IOException {
        if (file.feed().size() < mark.offset()) {
            return false;
        }
        jump(mark.offset());
        inLine = mark.inLine();
        return position == mark.offset() && seen.head() == mark.head() && seen.tail() == mark.tail();
    }

    /** What was read before is decompressed again, block by block as reading goes on, for there is no other way. */
    private boolean resumeCompressed(Mark mark) throws IOException {
        byte[] first = file.feed().range(0, (int) Math.min(mark.offset(), Fingerprint.HEAD));
        Fingerprint found = new Fingerprint();
        found.pass(first, first.length);
        resume = mark;
        return found.head() == mark.head();
    }

    private void jump(long offset) throws IOException {
        byte[] first = file.feed().range(0, (int) Math.min(offset, Fingerprint.HEAD));
        int length = (int) Math.min(offset, Fingerprint.TAIL);
        seen.pass(first, file.feed().range(offset - length, length));
        position = offset;
    }

    /** Reads one block at most and hands over the lines that end in it. */
    Progress read(LineCutter cutter, Receiver receiver) throws IOException {
        boolean skipping = position < resume.offset();
        int most = skipping ? (int) Math.min(LineCutter.BLOCK, resume.offset() - position) : LineCutter.BLOCK;
        int found = file.feed().read(cutter.block(), most, position);
        if (file.feed().grows() && !isUnchanged()) {
            return Progress.CHANGED;
        }
        cutter.take(found);
        if (skipping) {
            pass(cutter.block(), found);
            inLine = resume.inLine();
            return found == 0 ? Progress.END : Progress.MORE;
        }
        deliver(cutter, found, receiver);
        return found == LineCutter.BLOCK || cutter.isCutShort() ? Progress.MORE : Progress.END;
    }

    /**
     * Whether the bytes before the position are still those that were read. Asked after every reading: had the file been
     * emptied and filled again before it, then this would show now.
     */
    private boolean isUnchanged() throws IOException {
        int length = seen.tailLength();
        return seen.endsWith(file.feed().range(position - length, length));
    }

    private void deliver(LineCutter cutter, int found, Receiver receiver) {
        long base = position;
        try {
            cutter.cut(found, inLine, new LineCutter.Receiver() {
                @Override
                public void line(LogLine line, int at, boolean whole) {
                    receiver.line(line, base + at >= liveFrom, whole);
                }

                @Override
                public boolean isEnough() {
                    return receiver.isEnough();
                }
            });
        } finally {
            leftover = cutter.done() < found && !cutter.isCutShort();
            inLine = cutter.inLine();
            pass(cutter.block(), cutter.done());
        }
    }

    private void pass(byte[] bytes, int length) {
        seen.pass(bytes, length);
        position += length;
    }

    /** Where reading goes on after a restart. */
    Mark mark() {
        return position < resume.offset()
                ? resume
                : new Mark(file.stat().inode(), position, inLine, seen.head(), seen.tail());
    }

    /** Bytes that are not read yet, as far as known. */
    long behind() {
        try {
            return Math.max(0, file.feed().size() - position);
        } catch (IOException e) {
            return 0;
        }
    }

    boolean isSameFile(FileStat other) {
        return file.stat().sameFile(other);
    }

    FileStat stat() {
        return file.stat();
    }

    /** Whether a writer may still append to it. */
    boolean grows() {
        return file.feed().grows();
    }

    /** Whether it ends in a line without a line feed. */
    boolean hasUnfinishedLine() {
        return leftover;
    }

    long position() {
        return position;
    }

    /** Remembers that something happened to it now: it was opened or read, or lost its name. */
    void stir(Instant now) {
        quietSince = now;
    }

    /** When something last happened to it. */
    Instant quietSince() {
        return quietSince;
    }

    void close() {
        try {
            file.feed().close();
        } catch (IOException e) {
            // Nothing was written to it, so nothing is lost.
        }
    }
}
