package bailiff.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** A file that configuration is read from. {@code toString} is its name in messages. */
sealed interface Source {

    /** The most bytes that are taken from one file. */
    int LARGEST = 4 << 20;

    /** Whether it is there, as a regular file. */
    boolean exists();

    /** Another file, named as this one names it. */
    Source sibling(String name);

    InputStream open() throws IOException;

    /** All of its bytes, at most {@link #LARGEST}. */
    default byte[] read() throws IOException {
        try (InputStream in = open()) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new IOException("the file is larger than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    /** The same file with its extension replaced by {@code .local}. */
    default Source local() {
        String name = fileName();
        int dot = name.lastIndexOf('.');
        return sibling((dot > 0 ? name.substring(0, dot) : name) + ".local");
    }

    /** The last part of its name. */
    String fileName();

    /** A file of the system. */
    record OnDisk(Path path) implements Source {

        public OnDisk {
            path = path.toAbsolutePath().normalize();
        }

        @Override
        public boolean exists() {
            return Files.isRegularFile(path);
        }

        @Override
        public Source sibling(String name) {
            return new OnDisk(path.resolveSibling(name));
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }

        @Override
        public String fileName() {
            return String.valueOf(path.getFileName());
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /** A file that comes with the program; the name is relative to the built-in directory. */
    record BuiltIn(String name) implements Source {

        static final Set<String> NAMES = Set.of(
                "jail.conf",
                "filter.d/common.conf",
                "filter.d/wordpress.conf",
                "filter.d/wordpress-access.conf",
                "services.d/jetpack.conf",
                "services.d/search-engines.conf",
                "services.d/googlebot.conf",
                "services.d/bingbot.conf",
                "services.d/applebot.conf",
                "services.d/yandex.conf",
                "services.d/baidu.conf");

        @Override
        public boolean exists() {
            return NAMES.contains(name);
        }

        @Override
        public Source sibling(String other) {
            return new BuiltIn(name.substring(0, name.lastIndexOf('/') + 1) + other);
        }

        @Override
        public InputStream open() throws IOException {
            InputStream in = BuiltIn.class.getResourceAsStream(name);
            if (in == null) {
                throw new FileNotFoundException("the program lacks its " + name);
            }
            return in;
        }

        @Override
        public String fileName() {
            return name.substring(name.lastIndexOf('/') + 1);
        }

        @Override
        public String toString() {
            return "built-in " + name;
        }
    }
}
