package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;

/**
 * What attempts of one campaign have in common, more or less finely.
 *
 * @param grain how finely
 * @param text the features, as a key and for people
 */
record Fingerprint(Grain grain, String text) implements Comparable<Fingerprint> {

    /** From the finest to the coarsest: whoever changes what the finest sees is seen by the next. */
    enum Grain {
        /** The whole request with the text of its User-Agent. */
        AGENT,
        /** The same with only the family of the User-Agent. */
        SHAPE,
        /** The door alone: every cold attempt at it. */
        DOOR
    }

    /** In place of a User-Agent that the sensor does not tell. */
    static final String UNTOLD_AGENT = "agent not told";

    /** Of what a client chose; longer ones differ before their end, if at all. */
    private static final int LONGEST = 160;

    static Fingerprint of(Grain grain, Request request) {
        String door = request.door().name().toLowerCase(Locale.ROOT);
        if (grain == Grain.DOOR) {
            return new Fingerprint(grain, door);
        }
        String shape = door + ' ' + cut(request.protocol()) + ' ' + cut(request.spelling()) + " referer="
                + request.origin().name().toLowerCase(Locale.ROOT) + ' ';
        String agent = request.agent()
                .map(sent -> grain == Grain.AGENT ? cut(sent) : family(sent))
                .orElse(UNTOLD_AGENT);
        return new Fingerprint(grain, shape + agent);
    }

    /** How the text at the finest grain ends for that request: with its User-Agent; empty where none was told. */
    static String agent(Request request) {
        return request.agent().map(Fingerprint::cut).orElse("");
    }

    private static String cut(String chosen) {
        return chosen.length() <= LONGEST ? chosen : chosen.substring(0, LONGEST);
    }

    private static String family(String agent) {
        if (agent.isEmpty()) {
            return "no agent";
        }
        return isBrowser(agent) ? "a browser" : "a program";
    }

    /** Whether a User-Agent says that it is a browser's. */
    static boolean isBrowser(String agent) {
        return agent.startsWith("Mozilla/") || agent.startsWith("Opera/");
    }

    @Override
    public int compareTo(Fingerprint other) {
        int byText = text.compareTo(other.text);
        return byText != 0 ? byText : grain.compareTo(other.grain);
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(grain.name());
        out.writeUTF(text);
    }

    static Fingerprint read(DataInput in) throws IOException {
        String name = in.readUTF();
        for (Grain grain : Grain.values()) {
            if (grain.name().equals(name)) {
                return new Fingerprint(grain, in.readUTF());
            }
        }
        throw new IOException("no grain is called so");
    }
}
