package bailiff.source;

import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One log by its name: the series of files that bear the name, one after the other, each read to its end. */
final class Trail {

    /*
     * `generations` are the open files, oldest first. The last one is the one that bears the name, or bore it when we
     * last looked; it is given a successor only after a reading that began when it had lost the name came to its end. The
     * others linger, since their writers may need a while to notice that they were renamed.
     *
     * `marks` are files known from a bookmark, or put aside after a failure, that are yet to be found. While there are
     * any, nothing else is read, and they are what the next bookmark says.
     */

    private final Path path;
    private final Others others;
    private final InstantSource clock;
    private final Account account = new Account();
    private final Generations generations = new Generations();
    private List<Mark> marks = List.of();
    private LogPath.Start start;
    private Path real;
    private Look seen = new Look.Missing();
    private boolean looked;
    private boolean settled;
    private boolean known;
    private boolean caughtUp;
    private boolean moved;

    /** The other logs of the jail. */
    @FunctionalInterface
    interface Others {

        /** Whether one of them other than {@code asking} reads that file. */
        boolean follow(FileStat file, Trail asking);
    }

    Trail(LogPath entry, Path path, Others others, InstantSource clock) {
        this.start = entry.start();
        this.path = path;
        this.real = path;
        this.others = others;
        this.clock = clock;
    }

    /** Continues where the bookmark says; to be called before the first step. */
    void resume(List<Mark> bookmark) {
        marks = bookmark;
        known = true;
        start = LogPath.Start.HEAD;
    }

    /**
     * Reads one block at most of each open file.
     *
     * @return whether to call again at once
     */
    boolean step(LineCutter cutter, LineSink sink) {
        Look now = Look.at(path);
        looked = true;
        if (settled && now.equals(seen) && isQuiet(now)) {
            return false;
        }
        seen = now;
        settled = false;
        moved = true;
        try {
            return proceed(now, cutter, sink);
        } catch (IOException e) {
            setAside(e);
            return false;
        }
    }

    /** Whether only a change at the name could give something to read. */
    private boolean isQuiet(Look now) {
        return generations.isEmpty() || (generations.size() == 1 && now instanceof Look.Present);
    }

    private boolean proceed(Look now, LineCutter cutter, LineSink sink) throws IOException {
        account.look(now);
        if (generations.isEmpty() && !marks.isEmpty()) {
            findMarked(now);
        }
        if (generations.isEmpty() && marks.isEmpty()) {
            begin(now);
        }
        for (Generation generation : generations) {
            switch (read(generation, cutter, sink)) {
                case MORE -> {
                    return true;
                }
                case CHANGED -> {
                    replace(generation);
                    return true;
                }
                case END -> {}
            }
        }
        boolean more = succeed(now);
        account.unfinishedLines(generations.retire(now instanceof Look.Present, clock.instant()));
        return more;
    }

    private Generation.Progress read(Generation generation, LineCutter cutter, LineSink sink) throws IOException {
        long before = generation.position();
        try {
            return generation.read(cutter, new Generation.Receiver() {
                @Override
                public void line(LogLine line, boolean live, boolean whole) {
                    account.line(whole);
                    sink.line(path, line, live, whole);
                }

                @Override
                public boolean isEnough() {
                    return sink.isEnough();
                }
            });
        } finally {
            if (generation.position() != before) {
                Instant now = clock.instant();
                generation.stir(now);
                account.read(now);
            }
        }
    }

    /** Opens the files of the bookmark. Until the name is there, they may all still turn up. */
    private void findMarked(Look now) throws IOException {
        List<Generation> found = new ArrayList<>();
        boolean current = false;
        try {
            for (Mark mark : marks) {
                Optional<Generation> generation = search().everywhere(mark);
                generation.ifPresent(found::add);
                current = generation.isPresent();
            }
        } catch (IOException e) {
            found.forEach(Generation::close);
            throw e;
        }
        if (!current && !(now instanceof Look.Present)) {
            found.forEach(Generation::close);
            return;
        }
        if (!current) {
            account.lost(marks.getLast());
        }
        found.forEach(this::add);
        marks = List.of();
    }

    private void begin(Look now) throws IOException {
        switch (now) {
            case Look.Present(FileStat stat) -> open(stat);
            case Look.Missing ignored -> {
                known = true;
                start = LogPath.Start.HEAD;
            }
            case Look.Refused _, Look.Unreadable _ -> {}
        }
    }

    private void open(FileStat stat) throws IOException {
        if (others.follow(stat, this)) {
            return;
        }
        Opened file = Opened.open(path);
        if (caughtUp) {
            account.renewed();
        }
        add(start == LogPath.Start.TAIL ? Generation.fromTail(file) : Generation.fromHead(file, caughtUp));
        start = LogPath.Start.HEAD;
        known = true;
    }

    private void add(Generation generation) {
        generation.stir(clock.instant());
        generations.add(generation);
        resolve();
    }

    /** The file was emptied or rewritten: what was not read of it may stand in a copy; then it begins anew. */
    private void replace(Generation changed) throws IOException {
        boolean current = generations.last() == changed;
        generations.drop(changed);
        if (current) {
            search().amongOld(changed.mark()).ifPresent(this::add);
        }
    }

    /** All that is open was read to its end: takes the next file, if there is one. */
    private boolean succeed(Look now) {
        settled = marks.isEmpty();
        return switch (now) {
            case Look.Present(FileStat stat)
            when generations.isEmpty() -> {
                account.duplicate();
                yield false;
            }
            case Look.Present(FileStat stat)
            when generations.last().isSameFile(stat) -> {
                caughtUp = true;
                yield false;
            }
            case Look.Present(FileStat stat) -> {
                settled = false;
                generations.last().stir(clock.instant());
                yield generations.moveToEnd(stat) || openNext();
            }
            default -> !generations.isEmpty() && openNext();
        };
    }

    /** Opens the file after the last one, if there is one. */
    private boolean openNext() {
        try {
            Optional<Opened> next = search().openSuccessor(generations.last());
            if (next.isEmpty()) {
                return false;
            }
            Opened file = next.get();
            if (generations.contains(file.stat()) || others.follow(file.stat(), this)) {
                file.feed().close();
                account.duplicate();
                return false;
            }
            add(Generation.fromHead(file, caughtUp));
            account.renewed();
            return true;
        } catch (IOException e) {
            account.failed(e);
            return false;
        }
    }

    private Search search() {
        resolve();
        return new Search(path, real, caughtUp);
    }

    private void resolve() {
        try {
            real = path.toRealPath();
        } catch (IOException e) {
            // The name leads nowhere at present: the old files lie where it led before.
        }
    }

    /** After a failure everything is closed, and found again when it is tried the next time. */
    private void setAside(IOException failure) {
        marks = remembered();
        generations.close();
        account.failed(failure);
    }

    private List<Mark> remembered() {
        return generations.isEmpty() ? marks : generations.marks();
    }

    /** Whether the bookmark may be another than when it was last asked for. */
    boolean isMoved() {
        return moved;
    }

    /** What to save; nothing for a log of which nothing is known yet. */
    Optional<String> bookmark() {
        moved = false;
        return known ? Optional.of(Mark.write(remembered())) : Optional.empty();
    }

    /** Whether the log has gone and all that it left behind, so that it need not be remembered. */
    boolean isGone() {
        return settled
                && generations.isEmpty()
                && seen instanceof Look.Missing
                && Rotations.of(path).isEmpty();
    }

    /** Whether all that was there when one last looked has been read. */
    boolean isRead() {
        return settled;
    }

    /** Whether it may come to give something to read, or have failed for a cause, of which nobody tells. */
    boolean isRestless() {
        return !isQuiet(seen) || seen instanceof Look.Unreadable || (!settled && !(seen instanceof Look.Missing));
    }

    boolean reads(FileStat file) {
        return generations.contains(file);
    }

    Path path() {
        return path;
    }

    /** Where the name leads when symbolic links are resolved, or led when it last did. */
    Path realPath() {
        return real;
    }

    SourceState state() {
        if (!looked) {
            account.look(Look.at(path));
        }
        long behind = generations.behind();
        if (account.isFollowed() && Look.at(path) instanceof Look.Present(FileStat stat) && !reads(stat)) {
            behind += stat.size();
        }
        return account.state(path, behind);
    }

    void close() {
        generations.close();
    }
}
