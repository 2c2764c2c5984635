package bailiff.evidence.site;

import java.util.Optional;

/**
 * How whoever made an attempt behaved around it: the one thing that a botnet of 10,000 addresses with one attempt each
 * cannot spread over its addresses.
 */
public enum Conduct {
    /** Sent a login form that it had not fetched in 24 hours, and fetched nothing else either. */
    BLIND(0.03, 0.45),
    /** Fetched the form or pages, but nothing that a browser fetches with them. */
    BARE(0.17, 0.45),
    /** Brought back the mark of the form that was shown to its address; what else it fetched is not seen. */
    MARKED(0.95, 0.55),
    /** Fetched pages with what belongs to them, or is at work in the administration. */
    BROWSING(0.80, 0.10),
    /** At a door for programs, says that it is a browser, where it comes from, nothing at all, or what library it uses. */
    FOREIGN(0.10, 0.70),
    /** At a door for programs, has the name of a program. */
    CLIENT(0.90, 0.30),
    /** Not seen: the sensor knows the attempt alone. */
    UNTOLD(1.0, 1.0);

    private final double honest;
    private final double hostile;

    /*
     * The figures are design values, not fits: a browser must fetch the form before it can send it (it is served with
     * no-cache), but for a form in another page, a tab a day old, and a device that changed its address in between; one
     * in six comes with styles and scripts from its cache. XML-RPC clients send their own names. What a campaign's
     * sources do is a guess that only sets the speed of the test; what honest ones do is corrected by the site's own
     * successful logins (Calibration).
     */
    Conduct(double honest, double hostile) {
        this.honest = honest;
        this.hostile = hostile;
    }

    /**
     * What a login form tells of how it was sent. {@link Sites} takes BARE for it only where visits are known as well: it
     * is what everybody looks like whose visits are not seen.
     *
     * @param form whether it brought back what the site wrote into it for that address; nothing where nobody looked
     */
    public static Conduct ofForm(Optional<Boolean> form) {
        return form.isEmpty() ? UNTOLD : form.get() ? BARE : BLIND;
    }

    /** What an attempt at a door for programs tells of itself, before it is answered. */
    public static Conduct ofProgram(Optional<String> agent, Origin origin) {
        if (origin == Origin.DOOR || origin == Origin.ELSEWHERE) {
            return FOREIGN;
        }
        if (agent.isEmpty()) {
            return UNTOLD;
        }
        String sent = agent.get();
        return Fingerprint.isBrowser(sent) || Programs.isNameless(sent) ? FOREIGN : CLIENT;
    }

    /** Share of honest new sources of its door that behave so, before the site has shown its own. */
    double honest() {
        return honest;
    }

    /** Share of a campaign's sources that behave so. */
    double hostile() {
        return hostile;
    }

    /** Whether it tells nothing by which a campaign's source could be told from a person. */
    boolean isOpaque() {
        return this == UNTOLD || this == MARKED;
    }

    /** Whether the form was fetched from its address for certain, which takes a bot an effort and a person none. */
    boolean hasSeenTheForm() {
        return this == MARKED || this == BROWSING;
    }

    /** Whether an attempt that behaves so may be refused for what others did: never one that looks like a visitor. */
    boolean isCold() {
        return this == BLIND || this == BARE || this == FOREIGN;
    }
}
