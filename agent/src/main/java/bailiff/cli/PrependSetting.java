package bailiff.cli;

import bailiff.control.ControlException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file beside WordPress that tells PHP which file to run before each page. Our lines stand at its beginning, so that
 * they belong to no section of it, and what stood in it before is found again byte for byte. All texts are bytes, one
 * letter each.
 */
enum PrependSetting {

    /** What PHP-FPM and CGI read, anew every five minutes. */
    USER_INI(".user.ini", ";", "auto_prepend_file = \"@FILE@\"\n", "auto_prepend_file\\s*=\\s*(.*)"),

    /** What Apache reads for its PHP module, for each request. */
    HTACCESS(
            ".htaccess",
            "#",
            """
            <IfModule mod_php.c>
            php_value auto_prepend_file "@FILE@"
            </IfModule>
            <IfModule mod_php7.c>
            php_value auto_prepend_file "@FILE@"
            </IfModule>
            """,
            "php_(?:admin_)?value\\s+auto_prepend_file\\s+(.*)");

    private static final String BEGIN = " BEGIN Bailiff's early door, by 'bailiff door install'";
    private static final String MADE = "; the file is its own";
    private static final String END = " END Bailiff's early door";

    /* Where Apache of Debian and of Red Hat keep what they load. */
    private static final List<String> MODULES = List.of("etc/apache2/mods-enabled", "etc/httpd/conf.modules.d");

    private final String fileName;
    private final String mark;
    private final String lines;
    private final Pattern other;

    PrependSetting(String fileName, String mark, String lines, String other) {
        this.fileName = fileName;
        this.mark = mark;
        this.lines = lines;
        this.other = Pattern.compile("^[ \\t]*" + other + "$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    }

    /** The one that PHP needs on the machine with that root: Apache's when it loads PHP itself. */
    static PrependSetting ofThisMachine(Path root) {
        for (String folder : MODULES) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder), "*php*.{load,conf}")) {
                if (files.iterator().hasNext()) {
                    return HTACCESS;
                }
            } catch (IOException absent) {
                // No such Apache here.
            }
        }
        return USER_INI;
    }

    /** The file's name. */
    String fileName() {
        return fileName;
    }

    /** Whether our lines are in that text. */
    boolean isIn(String text) {
        return begin(text) >= 0;
    }

    /**
     * The text with our lines before it.
     *
     * @param before what the file holds; nothing when there is none
     * @param door the file that PHP is to run
     */
    String with(Optional<String> before, Path door) throws ControlException {
        String path = door.toString();
        if (!path.matches("[^\"\\\\$%\\r\\n]+")) {
            throw new ControlException(
                    ControlException.FAILED, path + ": a path with \", \\, $ or % cannot be told to PHP.");
        }
        String head = mark + BEGIN + (before.isEmpty() ? MADE : "") + "\n";
        return head + lines.replace("@FILE@", path) + mark + END + "\n" + before.orElse("");
    }

    /** The text without our lines; nothing when the file was made for them and holds nothing else. */
    Optional<String> without(String text) {
        int begin = begin(text);
        int end = begin < 0 ? -1 : text.indexOf(mark + END + "\n", begin);
        if (end < 0) {
            return Optional.of(text);
        }
        boolean isOwn = text.startsWith(mark + BEGIN + MADE, begin);
        String rest = text.substring(0, begin) + text.substring(end + mark.length() + END.length() + 1);
        return isOwn && rest.isEmpty() ? Optional.empty() : Optional.of(rest);
    }

    /** Where somebody else has PHP run a file before each page: the line's number and what it says. */
    Optional<String> foreign(String text) {
        String rest = without(text).orElse("");
        Matcher found = other.matcher(rest);
        while (found.find()) {
            String value = found.group(1).strip().replaceAll("^[\"']|[\"']$", "");
            if (!value.isEmpty() && !value.equals("none")) {
                long line = rest.substring(0, found.start()).lines().count() + 1;
                return Optional.of(line + ": " + found.group().strip());
            }
        }
        return Optional.empty();
    }

    private int begin(String text) {
        return text.indexOf(mark + BEGIN);
    }
}
