package bailiff.enforce;

import java.util.Collection;

/** What the enforcer tells and asks the rest of the agent. Called on the enforcer's thread; must return soon. */
public interface EnforcerListener {

    /** The change is in force now; also told of bans that are restored at the start or after a loss. */
    void inForce(Change change);

    /** The change could not be made and is going to be tried again; told once for each change that is given. */
    void failed(Change change, String why);

    /**
     * Every ban that should be in force now: the ledger's. A ban must be in this list before its change is submitted,
     * and out of it before its removal is.
     */
    Collection<Change.Add> active();
}
