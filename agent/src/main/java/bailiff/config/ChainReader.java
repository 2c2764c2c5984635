package bailiff.config;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the files of a base name with all they include and lays them over each other.
 *
 * <p>Every file is read once in the life of this reader. Not thread-safe.
 */
final class ChainReader {

    static final int MOST_FILES = 1_000;
    static final long MOST_BYTES = 32L << 20;

    private final Library library;
    private final Map<Source, IniFile> files = new HashMap<>();
    private long bytes;

    ChainReader(Library library) {
        this.library = library;
    }

    /**
     * What a base name stands for.
     *
     * @param sections the files laid over each other
     * @param sources the files in the order they were laid; empty when there is none
     * @param problems what could not be read of them
     */
    record Chain(Sections sections, List<Source> sources, List<Problem> problems) {}

    Chain read(String base) {
        Problems problems = new Problems();
        List<Source> order = new ArrayList<>();
        List<Source> listed = library.files(base, problems);
        for (Source source : listed) {
            addWithLocal(source, listed, new LinkedHashSet<>(), order, problems);
        }
        Sections sections = new Sections();
        for (Source source : order) {
            IniFile file = parsed(source);
            sections.merge(file);
            problems.addAll(file.problems());
        }
        return new Chain(sections, List.copyOf(order), problems.all());
    }

    /** All files that were read so far. */
    Set<Source> sources() {
        return files.keySet();
    }

    private void addWithLocal(
            Source source, List<Source> listed, Set<Source> including, List<Source> order, Problems problems) {
        add(source, including, order, problems);
        Source local = source.local();
        if (!local.equals(source) && !listed.contains(local) && local.exists()) {
            add(local, including, order, problems);
        }
    }

    private void add(Source source, Set<Source> including, List<Source> order, Problems problems) {
        if (order.size() >= MOST_FILES || !including.add(source)) {
            Place place = Place.ofFile(source.toString());
            if (order.size() >= MOST_FILES) {
                problems.error(place, "expected at most " + MOST_FILES + " files to be included");
            } else {
                problems.warning(place, "includes itself, over " + (including.size() - 1) + " others; read once");
            }
            return;
        }
        Sections alone = new Sections();
        alone.merge(parsed(source));
        for (Source before : includes(source, alone, "before", problems)) {
            addWithLocal(before, List.of(), including, order, problems);
        }
        order.add(source);
        for (Source after : includes(source, alone, "after", problems)) {
            addWithLocal(after, List.of(), including, order, problems);
        }
        including.remove(source);
    }

    private List<Source> includes(Source source, Sections alone, String option, Problems problems) {
        List<Source> found = new ArrayList<>();
        if (alone.own(IniFile.INCLUDES).containsKey(option)) {
            try {
                Passage names = new Percent(alone, new Percent.Context(IniFile.INCLUDES)).value(option);
                for (Passage name : names.lines()) {
                    library.included(source, name.text()).ifPresent(found::add);
                }
            } catch (BadValue e) {
                problems.add(e.problem());
            }
        }
        return found;
    }

    private IniFile parsed(Source source) {
        IniFile known = files.get(source);
        if (known == null) {
            known = parse(source);
            files.put(source, known);
        }
        return known;
    }

    private IniFile parse(Source source) {
        try {
            byte[] content = source.read();
            bytes += content.length;
            if (bytes > MOST_BYTES) {
                throw new IOException("all files together are larger than " + MOST_BYTES + " bytes");
            }
            return IniParser.parse(source.toString(), content);
        } catch (IOException e) {
            String message = "cannot be read: " + e.getMessage();
            return new IniFile(Map.of(), List.of(Problem.error(Place.ofFile(source.toString()), message)));
        }
    }
}
