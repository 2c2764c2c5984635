package bailiff.acceptance;

/** A log, the recipe's jail over it, and a guard that only observes: takes no root and no network. */
final class PaperSite implements AutoCloseable {

    final Machine machine = Machine.onPaper();
    final AuthLog log = machine.log("auth.log");

    /** Writes the configuration, with further options for the jail: in lines 8 and following of {@code jail.local}. */
    void configure(String... options) {
        // Three is what a directory that is read alone says anyhow; an option of the test's would stand there twice.
        String jail = Recipe.DEBIAN_JAIL
                .replace("/var/log/auth.log", log.file().toString())
                .replace("maxretry = 3\n", "");
        machine.configure("filter.d/wordpress.conf", Recipe.FILTER);
        machine.configure("jail.local", jail + String.join("\n", options) + "\n");
    }

    /** Where the configuration is, for {@code -c}. */
    String etc() {
        return machine.folder().path().resolve("etc").toString();
    }

    /** Starts the guard over the plain configuration. */
    void guard(String... options) {
        configure();
        String[] all = new String[options.length + 1];
        all[0] = "--observe";
        System.arraycopy(options, 0, all, 1, options.length);
        machine.startGuard(all);
    }

    /** The same, and somebody has already been banned. */
    void guardAndBan(String attacker) {
        guard();
        log.failures(attacker, 3);
        machine.awaitBanned(attacker);
    }

    @Override
    public void close() {
        machine.close();
    }
}
