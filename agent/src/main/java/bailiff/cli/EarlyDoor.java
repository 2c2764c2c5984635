package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The early door of one WordPress: a file that PHP runs before each page, and the setting that tells PHP so. PHP serves no
 * page at all while such a file is missing: so the file comes before the setting and goes after it. One thread.
 */
final class EarlyDoor {

    /** The file's name. */
    static final String NAME = "bailiff-door.php";

    /** How long PHP-FPM goes by a .user.ini that has changed, unless user_ini.cache_ttl says otherwise. */
    static final Duration MEMORY = Duration.ofMinutes(5);

    private static final String CLOSED =
            "<?php // Bailiff's early door, closed. 'bailiff door remove' deletes it when no"
                    + " PHP runs it any more.\n";

    private final Path site;
    private final InstantSource clock;

    private EarlyDoor(Path site, InstantSource clock) {
        this.site = site;
        this.clock = clock;
    }

    /** That of the WordPress in that directory. */
    static EarlyDoor at(Path directory, InstantSource clock) throws ControlException, IOException {
        if (!Files.isRegularFile(directory.resolve("wp-login.php"))) {
            throw refusal(directory + ": there is no wp-login.php in it, so it is not where WordPress is.");
        }
        return new EarlyDoor(directory.toRealPath(), clock);
    }

    /**
     * What to install.
     *
     * @param template bailiff-door.php as it is shipped
     * @param proxies the owner's proxies; those of wp-config.php when left out
     * @param plugin bailiff.php, the very file that WordPress loads
     * @param setting how PHP is told
     */
    record Order(String template, Optional<String> proxies, Optional<Path> plugin, PrependSetting setting) {}

    /** Puts the door in, or anew; gives what was done and what is left to do, in sentences. */
    List<String> install(Order order) throws ControlException, IOException {
        Path plugin = plugin(order.plugin());
        DoorSettings settings = DoorSettings.of(site, order.proxies());
        for (PrependSetting each : PrependSetting.values()) {
            refuseForeign(each);
        }
        Path file = site.resolve(order.setting().fileName());
        Optional<String> before = SiteFile.read(file);
        Optional<String> kept = before.flatMap(order.setting()::without);
        String text = order.setting().with(kept, site.resolve(NAME));

        SiteFile.write(site.resolve(NAME), settings.fill(order.template(), plugin), site.resolve("wp-login.php"));
        SiteFile.write(file, text, before.isPresent() ? file : site.resolve("wp-login.php"));
        List<String> said = new ArrayList<>();
        said.add("Wrote " + site.resolve(NAME) + ".");
        said.add("Wrote " + file + ": PHP runs that before each page" + when(order.setting()));
        settings.told().ifPresent(said::add);
        said.add("Look at a page of the site now. Should it fail, 'bailiff door remove " + site + "' undoes all of it"
                + (order.setting() == PrependSetting.HTACCESS
                        ? "; Apache must allow such lines there (AllowOverride Options or All)."
                        : "."));
        return said;
    }

    private static String when(PrependSetting setting) {
        return setting == PrependSetting.USER_INI
                ? ", once it has read the file anew: within 300 seconds, or when PHP-FPM is reloaded."
                : " from now on.";
    }

    private Path plugin(Optional<Path> named) throws ControlException, IOException {
        Path plugin = named.orElse(site.resolve("wp-content/mu-plugins/bailiff.php"));
        if (!Files.isRegularFile(plugin)) {
            throw refusal(plugin + ": the plugin is not there. Put wordpress/bailiff.php there first.");
        }
        if (!SiteFile.begin(plugin).contains("BAILIFF_DOOR")) {
            throw refusal(plugin + ": this plugin is older than the early door. Put a newer bailiff.php there first.");
        }
        return plugin.toRealPath();
    }

    private void refuseForeign(PrependSetting setting) throws ControlException, IOException {
        Path file = site.resolve(setting.fileName());
        Optional<String> other = SiteFile.read(file).flatMap(setting::foreign);
        if (other.isPresent()) {
            throw refusal(file + ":" + Printable.text(other.get()) + "\nPHP can run one file only before each page, and"
                    + " that is another's. Nothing was changed.");
        }
    }

    /** Takes the door out; gives what was done and what is left to do, in sentences. */
    List<String> remove() throws ControlException, IOException {
        List<String> said = new ArrayList<>();
        boolean isRemembered = false;
        for (PrependSetting setting : PrependSetting.values()) {
            Path file = site.resolve(setting.fileName());
            Optional<String> text = SiteFile.read(file).filter(setting::isIn);
            if (text.isPresent()) {
                Optional<String> rest = setting.without(text.get());
                if (rest.isPresent()) {
                    SiteFile.write(file, rest.get(), file);
                } else {
                    Files.delete(file);
                }
                said.add((rest.isPresent() ? "Took our lines out of " : "Deleted ") + file + ".");
                isRemembered |= setting == PrependSetting.USER_INI;
            }
        }
        if (Files.exists(site.resolve(NAME), LinkOption.NOFOLLOW_LINKS)) {
            said.add(closeOrDelete(isRemembered));
        }
        return said.isEmpty() ? List.of("There is no early door in " + site + ".") : said;
    }

    private String closeOrDelete(boolean isRemembered) throws ControlException, IOException {
        Path door = site.resolve(NAME);
        if (isRemembered) {
            SiteFile.write(door, CLOSED, door);
        }
        Instant end = Files.getLastModifiedTime(door, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .plus(MEMORY);
        boolean isClosed = SiteFile.read(door).filter(CLOSED::equals).isPresent();
        if (isClosed && clock.instant().isBefore(end)) {
            return "Left " + door + ", empty: PHP-FPM goes by the old setting for up to 300 seconds, and would serve no"
                    + " page without the file. Run this again after that, and it is deleted.";
        }
        Files.delete(door);
        return "Deleted " + door + ".";
    }

    /** What there is, in sentences. */
    List<String> status() throws ControlException, IOException {
        List<String> said = new ArrayList<>();
        Optional<String> door = SiteFile.read(site.resolve(NAME));
        boolean isOpen = door.isPresent() && !door.get().equals(CLOSED);
        for (PrependSetting setting : PrependSetting.values()) {
            Path file = site.resolve(setting.fileName());
            Optional<String> text = SiteFile.read(file);
            if (text.filter(setting::isIn).isPresent()) {
                said.add(file + " has PHP run " + NAME + " before each page"
                        + (door.isEmpty() ? ", AND THAT FILE IS MISSING: no page is served." : "."));
            }
            text.flatMap(setting::foreign)
                    .ifPresent(other -> said.add(file + ":" + Printable.text(other) + " is another's."));
        }
        if (isOpen && said.isEmpty()) {
            said.add(site.resolve(NAME) + " is there, but nothing here has PHP run it.");
        }
        return said.isEmpty() ? List.of("There is no early door in " + site + ".") : said;
    }

    private static ControlException refusal(String words) {
        return new ControlException(ControlException.FAILED, words);
    }
}
