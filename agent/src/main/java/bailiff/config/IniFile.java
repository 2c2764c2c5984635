package bailiff.config;

import java.util.List;
import java.util.Map;

/**
 * One configuration file as it stands, nothing put into anything.
 *
 * @param sections option by section, in the file's order; {@code DEFAULT} is one of them where it was written
 * @param problems what could not be read
 */
record IniFile(Map<String, Map<String, Passage>> sections, List<Problem> problems) {

    static final String DEFAULT = "DEFAULT";
    static final String INCLUDES = "INCLUDES";
}
