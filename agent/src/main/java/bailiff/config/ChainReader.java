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
    static final int DEEPEST = 100;
    static final long MOST_BYTES = 32L << 20;

    private final Library library;
    private final Map<Source, IniFile> files = new HashMap<>();
    private final Effort effort = new Effort();
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
        List<Source> listed = library.files(base, problems);
        Walk walk = new Walk(problems);
        for (Source source : listed) {
            walk.add(source);
            Source local = source.local();
            if (!listed.contains(local)) {
                walk.addIfThere(local);
            }
        }
        Sections sections = new Sections(effort);
        for (Source source : walk.order) {
            IniFile file = parsed(source);
            sections.merge(file);
            problems.addAll(file.problems());
        }
        return new Chain(sections, List.copyOf(walk.order), problems.all());
    }

    /** A chain without a file. */
    Chain none() {
        return new Chain(new Sections(effort), List.of(), List.of());
    }

    /** All files that were read so far. */
    Set<Source> sources() {
        return files.keySet();
    }

    /** Follows the includes of one base name's files and notes the order in which the files count. */
    private final class Walk {

        private final Problems problems;
        private final Set<Source> including = new LinkedHashSet<>();
        private final List<Source> order = new ArrayList<>();

        Walk(Problems problems) {
            this.problems = problems;
        }

        void add(Source source) {
            if (including.contains(source)) {
                problems.warning(Place.ofFile(source.toString()), "includes itself, perhaps over others; read once");
                return;
            }
            if (order.size() >= MOST_FILES || including.size() >= DEEPEST) {
                String bounds = MOST_FILES + " files, " + DEEPEST + " deep";
                problems.error(Place.ofFile(source.toString()), "expected includes of at most " + bounds);
                return;
            }
            including.add(source);
            Sections alone = new Sections(effort);
            alone.merge(parsed(source));
            includes(source, alone, "before").forEach(this::addWithLocal);
            order.add(source);
            includes(source, alone, "after").forEach(this::addWithLocal);
            including.remove(source);
        }

        void addIfThere(Source source) {
            if (source.exists()) {
                add(source);
            }
        }

        private void addWithLocal(Source source) {
            add(source);
            Source local = source.local();
            if (!local.equals(source)) {
                addIfThere(local);
            }
        }

        private List<Source> includes(Source source, Sections alone, String option) {
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
            String message = "cannot be read: " + Quoted.reason(e);
            return new IniFile(Map.of(), List.of(Problem.error(Place.ofFile(source.toString()), message)));
        }
    }
}
