package bailiff.bench.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogGeneratorTest {

    private static final int LINES = 20_000;

    @ParameterizedTest
    @EnumSource
    void write_ofTheSameRecipe_givesTheSameBytes(LogKind kind) throws IOException {
        LogRecipe recipe = LogRecipe.of(kind, LINES, 0.1);

        assertThat(bytes(recipe)).isEqualTo(bytes(recipe)).isNotEqualTo(bytes(recipe.seed(2)));
    }

    @Test
    void write_ofAKnownRecipe_givesTheBytesOfThatDay() throws IOException, NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes(LogRecipe.of(LogKind.AUTH, LINES, 0.01)));

        assertThat(HexFormat.of().formatHex(digest)).startsWith("0de4cef47979b6e5");
    }

    @ParameterizedTest
    @EnumSource
    void write_ofFewerLines_givesTheBeginningOfTheLongerLog(LogKind kind) throws IOException {
        String all = text(LogRecipe.of(kind, LINES, 0.1));

        assertThat(all).startsWith(text(LogRecipe.of(kind, 1_000, 0.1)));
    }

    @ParameterizedTest
    @EnumSource
    void write_ofATenthAttack_saysHowManyLinesThatAre(LogKind kind) throws IOException {
        LogRecipe recipe = LogRecipe.of(kind, LINES, 0.1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        LogGenerator.Written written = LogGenerator.write(recipe, out);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(LINES);
        assertThat(written.bytes()).isEqualTo(out.size());
        assertThat(written.attacks())
                .isEqualTo(lines.stream().filter(line -> isAttack(kind, line)).count())
                .isCloseTo(LINES / 10, within(200L));
    }

    @Test
    void write_ofEveryLineAnAttack_comesFromAsManyAddressesAsAsked() throws IOException {
        LogRecipe recipe = LogRecipe.of(LogKind.AUTH, LINES, 1).addresses(1_000);

        Set<String> addresses = text(recipe)
                .lines()
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(addresses).hasSize(1_000);
        assertThat(addresses.stream().filter(address -> address.startsWith("2001:db8:")))
                .hasSize(100);
    }

    @Test
    void write_ofTenMillionLines_wouldSpanADayOrTwo() throws IOException {
        LogGenerator.Written written =
                LogGenerator.write(LogRecipe.of(LogKind.ACCESS, LINES, 0.01), new ByteArrayOutputStream());

        double seconds = written.end().getEpochSecond() - LogRecipe.START.getEpochSecond();
        assertThat(seconds * 10_000_000 / LINES / 86_400).isBetween(1.0, 2.0);
    }

    @ParameterizedTest
    @EnumSource
    void write_ofAHostileLog_isAsLongAsAsked(HostileLog hostile) throws IOException {
        Path file = Files.createTempFile("hostile", ".log");
        try {
            long lines = hostile.write(file, 100_000);

            byte[] bytes = Files.readAllBytes(file);
            long newlines = 0;
            for (byte one : bytes) {
                newlines += one == '\n' ? 1 : 0;
            }
            assertThat(bytes.length).isBetween(100_000, 110_000);
            assertThat(lines).isEqualTo(newlines);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void recipe_withoutSenseInIt_isRefused() {
        LogRecipe recipe = LogRecipe.of(LogKind.AUTH, 1, 0.5);

        assertThatThrownBy(() -> recipe.attack(1.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recipe.attack(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recipe.lines(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recipe.addresses(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isAttack(LogKind kind, String line) {
        return kind == LogKind.ACCESS
                ? line.contains("\"POST /xmlrpc.php")
                : line.contains("Authentication failure for ");
    }

    private static String text(LogRecipe recipe) throws IOException {
        return new String(bytes(recipe), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(LogRecipe recipe) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogGenerator.write(recipe, out);
        return out.toByteArray();
    }
}
