package bailiff.action;

import bailiff.ban.Ban;

/** Is told what became of bans. Called on the thread of a jail's actions; must not throw. */
@FunctionalInterface
public interface ActionListener {

    /**
     * Every action of the jail that there was to run for the ban has run.
     *
     * @param why why not all of them succeeded, for a person; empty where they did
     */
    void done(Ban ban, String why);
}
