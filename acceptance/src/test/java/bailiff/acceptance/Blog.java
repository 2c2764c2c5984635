package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What is on a WordPress site beyond its installation: an editor who may post, thirty people of an office ({@code staff1}
 * to {@code staff30}), an application password of the editor, posts that may be pinged (ids 10 to 29), and what
 * an owner adds. A file of each user has the key of the last mail by which he could give himself a new password.
 */
final class Blog {

    private static final String PEOPLE = """
            <?php
            $_SERVER['HTTP_HOST'] = $_SERVER['SERVER_NAME'] = '@SITE@';
            require '@HERE@/site/wp-load.php';
            switch_theme('plain');
            get_user_by('login', 'editor')->set_role('editor');
            for ($i = 1; $i <= 30; $i++) { wp_create_user("staff$i", '@PASSWORD@', "staff$i@example.test"); }
            for ($i = 10; $i < 30; $i++) {
                wp_insert_post(array('import_id' => $i, 'post_title' => "Post $i", 'post_content' => 'Text.',
                    'post_status' => 'publish', 'ping_status' => 'open', 'post_author' => 2));
            }
            list($password) = WP_Application_Passwords::create_new_application_password(2, array('name' => 'app'));
            file_put_contents('@HERE@/application', $password);
            """;

    /** Debian's package has none, and pages without one are empty. */
    private static final String THEME = """
            <!DOCTYPE html><html><head><title><?php wp_title(); ?></title><?php wp_head(); ?></head><body>
            <?php while (have_posts()) { the_post(); the_title('<h1>', '</h1>'); the_content(); } wp_footer(); ?>
            </body></html>
            """;

    /** WordPress loads it before our plugin, as the owner's wp-config.php. */
    private static final String OWNER = """
            <?php
            define('RSS_USE_EXCERPT', 1);
            add_filter('pre_wp_mail', '__return_true');
            add_action('retrieve_password_key', function ($user, $key) {
                file_put_contents('@HERE@/keys/' . basename($user), $key);
            }, 10, 2);
            """;

    private final Path place;

    private Blog(Path place) {
        this.place = place;
    }

    /** Fills a site. Its plugin is to ask the guard of that machine. */
    static Blog fill(WordPress site, Machine machine) {
        Folder folder = site.folder();
        Blog blog = new Blog(folder.path());
        Programs.run("chown", "nobody", folder.directory("keys").toString()).good();
        folder.write("site/wp-content/mu-plugins/0-owner.php", blog.filled(OWNER));
        try {
            Files.createSymbolicLink(site.shield(), machine.folder().path().resolve("run/bailiff/shield.sock"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        folder.write("site/wp-content/themes/plain/style.css", "/* Theme Name: Plain */\n");
        folder.write("site/wp-content/themes/plain/index.php", THEME);
        Programs.run("php", folder.write("people.php", blog.filled(PEOPLE)).toString())
                .good();
        return blog;
    }

    private String filled(String text) {
        return text.replace("@HERE@", place.toString())
                .replace("@SITE@", Network.SITE)
                .replace("@PASSWORD@", WordPress.PASSWORD);
    }

    /** The editor's application password. */
    String applicationPassword() {
        return read("application");
    }

    /** What the last mail to that user gives him a new password for. */
    String key(String user) {
        return read("keys/" + user);
    }

    /** The address of a post. */
    static String post(int id) {
        return "http://" + Network.SITE + "/?p=" + id;
    }

    /** Pages that everybody reads, and something that stands in each. */
    static Map<String, String> pages() {
        return Map.of("/", "<h1>", "/?p=29", "Post 29", "/?feed=rss2", "<channel>");
    }

    private String read(String file) {
        try {
            return Files.readString(place.resolve(file)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
