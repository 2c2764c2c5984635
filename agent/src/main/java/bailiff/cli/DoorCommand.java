package bailiff.cli;

import bailiff.control.ControlException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "door",
        description = "Lets PHP refuse whom the guard knows before WordPress has started: the early door.",
        footer = {
            "",
            "install puts a file beside WordPress and the line into .user.ini or .htaccess that has PHP run it",
            "before each page; remove takes both out again; status tells what there is."
        })
final class DoorCommand extends AnyCommand {

    private static final String TEMPLATE = "/bailiff/wordpress/" + EarlyDoor.NAME;

    @Parameters(index = "0", paramLabel = "install|remove|status", description = "what to do")
    private String action = "";

    @Parameters(index = "1", paramLabel = "DIR", description = "where WordPress is: the directory of wp-login.php")
    private @Nullable Path directory;

    @Option(
            names = "--proxies",
            paramLabel = "LIST",
            description = "your reverse proxies' addresses and networks, with commas between (default: BAILIFF_PROXIES"
                    + " of wp-config.php)")
    private @Nullable String proxies;

    @Option(
            names = "--plugin",
            paramLabel = "FILE",
            description = "the plugin (default: wp-content/mu-plugins/bailiff.php of DIR)")
    private @Nullable Path plugin;

    @Option(names = "--fpm", description = "write .user.ini, for PHP-FPM and CGI")
    private boolean isFpm;

    @Option(
            names = "--htaccess",
            description = "write .htaccess, for Apache's own PHP module (default: what this machine seems to need)")
    private boolean isApache;

    @Override
    public Integer call() throws ControlException, IOException {
        if (directory == null) {
            throw new ControlException(ControlException.USAGE, "There is no directory.");
        }
        if (!List.of("install", "remove", "status").contains(action)) {
            throw new ControlException(
                    ControlException.USAGE, "There is no '" + action + "' of a door: install, remove or status.");
        }
        try {
            EarlyDoor door = EarlyDoor.at(directory, InstantSource.system());
            List<String> said =
                    switch (action) {
                        case "install" -> door.install(order());
                        case "remove" -> door.remove();
                        default -> door.status();
                    };
            said.forEach(out()::println);
            return 0;
        } catch (FileSystemException e) {
            throw new ControlException(ControlException.FAILED, e.getMessage() + ": the file cannot be read or written.");
        }
    }

    private EarlyDoor.Order order() throws ControlException, IOException {
        return new EarlyDoor.Order(
                template(), Optional.ofNullable(proxies), Optional.ofNullable(plugin), setting());
    }

    private PrependSetting setting() throws ControlException {
        if (isFpm && isApache) {
            throw new ControlException(ControlException.USAGE, "It is either --fpm or --htaccess.");
        }
        if (isFpm) {
            return PrependSetting.USER_INI;
        }
        return isApache ? PrependSetting.HTACCESS : PrependSetting.ofThisMachine(Path.of("/"));
    }

    private static String template() throws IOException {
        try (InputStream stream = DoorCommand.class.getResourceAsStream(TEMPLATE)) {
            if (stream == null) {
                throw new IOException("this build lacks " + TEMPLATE);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
