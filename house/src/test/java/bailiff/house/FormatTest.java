package bailiff.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every Java file looks as palantir-java-format writes it; {@code -Dformat=fix} rewrites those that do not. */
class FormatTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void everyFile_isFormatted() throws IOException {
        boolean fix = "fix".equals(System.getProperty("format"));
        List<Path> sources = sources();
        List<Path> unformatted = new ArrayList<>();

        for (Path source : sources) {
            String written = Files.readString(source);
            String formatted = format(source, written);
            if (!written.equals(formatted)) {
                unformatted.add(ROOT.relativize(source));
                if (fix) {
                    Files.writeString(source, formatted);
                }
            }
        }

        assertThat(sources).as("sources found").hasSizeGreaterThan(10);
        if (!fix) {
            assertThat(unformatted).as("files that dev/format would rewrite").isEmpty();
        }
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .sorted()
                    .toList();
        }
    }

    private static String format(Path file, String source) {
        JavaFormatterOptions options = JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(false)
                .build();
        Formatter formatter = Formatter.createFormatter(options);
        try {
            String imports = ImportOrderer.reorderImports(
                    RemoveUnusedImports.removeUnusedImports(source), JavaFormatterOptions.Style.PALANTIR);
            return formatter.formatSource(imports);
        } catch (FormatterException e) {
            throw new AssertionError("The formatter cannot read " + ROOT.relativize(file), e);
        }
    }
}
