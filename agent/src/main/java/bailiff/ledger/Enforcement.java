package bailiff.ledger;

/** Whether a ban that the ledger holds has reached the firewall. */
public sealed interface Enforcement {

    /** Decided, and not yet handed to the firewall: what every ban begins with. */
    record Pending() implements Enforcement {}

    /** The firewall has it. */
    record InForce() implements Enforcement {}

    /**
     * The firewall does not have it.
     *
     * @param reason why, for the owner; at most 1,000 characters are kept
     */
    record NotEnforced(String reason) implements Enforcement {}

    /** The one value of {@link Pending}. */
    Enforcement PENDING = new Pending();

    /** The one value of {@link InForce}. */
    Enforcement IN_FORCE = new InForce();
}
