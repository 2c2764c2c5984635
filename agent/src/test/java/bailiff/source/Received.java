package bailiff.source;

import bailiff.line.LogLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the lines that a follower hands over. */
final class Received implements LineSink {

    private final List<Entry> entries = new ArrayList<>();

    record Entry(Path file, String text, boolean live, boolean whole) {}

    @Override
    public void line(Path file, LogLine line, boolean live, boolean whole) {
        entries.add(new Entry(file, line.text(), live, whole));
    }

    List<Entry> entries() {
        return entries;
    }

    List<String> texts() {
        return entries.stream().map(Entry::text).toList();
    }
}
