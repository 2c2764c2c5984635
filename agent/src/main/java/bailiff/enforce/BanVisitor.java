package bailiff.enforce;

import bailiff.net.Cidr;

/** What is shown the bans that a firewall holds, one after another. */
@FunctionalInterface
public interface BanVisitor {

    /** Takes one ban; must return soon, and not call the firewall. */
    void visit(String jail, Cidr subject);
}
