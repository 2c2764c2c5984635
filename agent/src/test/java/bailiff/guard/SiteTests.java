package bailiff.guard;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests with a {@link Site} share. */
abstract class SiteTests {

    /** Somebody who fails to log in. */
    static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    Site site;

    @BeforeEach
    void openSite() throws IOException {
        site = new Site(directory);
    }

    /** Ends its guard, if a test has started one. */
    @AfterEach
    void closeSite() {
        site.close();
    }
}
