package bailiff.config;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
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
    private final Map<List<Source>, Order> orders = new HashMap<>();
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
        Order found = new Walk().order(library.files(base, problems));
        problems.addAll(found.problems());
        List<Source> order = found.files();
        Sections sections = new Sections(effort);
        for (Source source : order) {
            IniFile file = parsed(source);
            sections.merge(file);
            problems.addAll(file.problems());
        }
        return new Chain(sections, List.copyOf(order), problems.all());
    }

    /** A chain without a file. */
    Chain none() {
        return new Chain(new Sections(effort), List.of(), List.of());
    }

    /** All files that were read so far. */
    Set<Source> sources() {
        return files.keySet();
    }

    /**
     * Files in the order in which they count.
     *
     * @param problems what was wrong when the order was found
     */
    private record Order(List<Source> files, List<Problem> problems) {}

    /**
     * Follows the includes of one base name's files and finds the order in which the files count.
     *
     * <p>A file that includes one of those it was included by leaves that out. What was found to belong to an included
     * file once is taken to belong to it wherever else it is included, as fail2ban does.
     */
    private final class Walk {

        private final Deque<Source> including = new ArrayDeque<>();

        /** The files, each with its own .local file unless that is among them, and all that they include. */
        Order order(List<Source> files) {
            List<Source> named = new ArrayList<>();
            for (Source file : files) {
                named.add(file);
                Source local = file.local();
                if (!files.contains(local) && local.exists()) {
                    named.add(local);
                }
            }
            Order known = orders.get(named);
            if (known != null) {
                return known;
            }
            Problems problems = new Problems();
            List<Source> order = new ArrayList<>();
            named.forEach(file -> add(file, order, problems));
            Order found = new Order(List.copyOf(order), problems.all());
            orders.put(List.copyOf(named), found);
            return found;
        }

        private void add(Source source, List<Source> order, Problems problems) {
            Sections alone = new Sections(effort);
            alone.merge(parsed(source));
            addAll(source, includes(source, alone, "before", problems), order, problems);
            order.add(source);
            addAll(source, includes(source, alone, "after", problems), order, problems);
        }

        private void addAll(Source source, List<Source> included, List<Source> order, Problems problems) {
            for (Source file : included) {
                if (including.contains(file)) {
                    String message = "includes itself, perhaps over others; left out there";
                    problems.warning(Place.ofFile(file.toString()), message);
                    continue;
                }
                including.addLast(source);
                boolean tooDeep = including.size() > DEEPEST;
                Order further = tooDeep ? new Order(List.of(), List.of()) : order(List.of(file));
                including.removeLast();
                problems.addAll(further.problems());
                if (tooDeep || order.size() + further.files().size() > MOST_FILES) {
                    String bounds = MOST_FILES + " files, " + DEEPEST + " deep";
                    problems.error(Place.ofFile(file.toString()), "expected includes of at most " + bounds);
                    return;
                }
                order.addAll(further.files());
            }
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
