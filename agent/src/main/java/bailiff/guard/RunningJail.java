package bailiff.guard;

import bailiff.source.ChangeWatcher;

/**
 * A jail that runs.
 *
 * @param rules what its configuration was when it began
 * @param registration what wakes it when its logs grow
 */
record RunningJail(JailRules rules, JailLoop loop, ChangeWatcher.Registration registration) {

    /** Ends it after what it is reading has been decided and written down; waits for that. */
    void end() {
        registration.close();
        loop.stop();
    }
}
