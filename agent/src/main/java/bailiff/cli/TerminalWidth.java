package bailiff.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many characters a line of the terminal has. Stateless. */
final class TerminalWidth {

    /** Where nothing tells: files and pipes are read by somebody in the end. */
    static final int USUAL = 100;

    private static final Pattern SIZE = Pattern.compile("\\d{1,5} (\\d{1,5})\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");
    private static final long PATIENCE_SECONDS = 1;

    private TerminalWidth() {}

    /**
     * What COLUMNS says, or else the terminal itself.
     *
     * @param terminal whether there is one
     */
    static int columns(boolean terminal) {
        String told = System.getenv("COLUMNS");
        if (told != null && NUMBER.matcher(told).matches()) {
            return Integer.parseInt(told);
        }
        return terminal ? asked() : USUAL;
    }

    private static int asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return USUAL;
            }
            Matcher size = SIZE.matcher(new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            return size.matches() && !size.group(1).equals("0") ? Integer.parseInt(size.group(1)) : USUAL;
        } catch (IOException e) {
            return USUAL;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL;
        }
    }
}
