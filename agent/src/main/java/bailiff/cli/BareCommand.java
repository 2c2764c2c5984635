package bailiff.cli;

import java.util.List;
import java.util.Optional;

/**
 * Commands whose arguments nobody needs to parse: a name alone, fail2ban-client's, which reads its own, and logs that
 * are read without more than {@link PlainWords}. Telling picocli what a command takes costs 60 to 80 ms of a process that
 * lives for 100, so scripts that ask the guard often are spared it, and reading a log is not held up.
 */
final class BareCommand {

    private BareCommand() {}

    /** The command that these arguments ask for; nothing when picocli has to read them. */
    static Optional<Printing> of(String... arguments) {
        if (arguments.length == 0) {
            return Optional.empty();
        }
        if (arguments[0].equals("client")) {
            return client(List.of(arguments).subList(1, arguments.length));
        }
        return arguments.length == 1 ? named(arguments[0]) : reading(List.of(arguments));
    }

    private static Optional<Printing> reading(List<String> arguments) {
        List<String> rest = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "match" -> PlainWords.of(rest, 2).map(MatchCommand::new);
            case "replay" -> PlainWords.of(rest, 1).map(ReplayCommand::new);
            default -> Optional.empty();
        };
    }

    private static Optional<Printing> named(String name) {
        return switch (name) {
            case "ping" -> Optional.of(new PingCommand());
            case "status" -> Optional.of(new StatusCommand());
            case "bans" -> Optional.of(new BansCommand());
            case "reload" -> Optional.of(new ReloadCommand());
            case "stop" -> Optional.of(new StopCommand());
            case "check" -> Optional.of(new CheckCommand());
            default -> Optional.empty();
        };
    }

    /* Picocli reads a file's content for @FILE, and takes "--" away, wherever they stand: neither is the client's to do. */
    private static Optional<Printing> client(List<String> arguments) {
        boolean plain = arguments.stream().noneMatch(argument -> argument.startsWith("@") || argument.equals("--"));
        return plain ? Optional.of(new ClientCommand(arguments)) : Optional.empty();
    }
}
