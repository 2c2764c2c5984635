package bailiff.acceptance;

import java.util.regex.Pattern;

/** The lines by which the plugin tells of things, without time, tag and address. */
final class Telling {

    /** A login that failed or was refused, whatever its door. */
    static final Pattern LOGIN =
            Pattern.compile("^(?:(?:XML-RPC |REST )?[Aa]uthentication (?:failure|attempt)(?: \\(repeat\\))?"
                    + " (?:for|with) |Blocked authentication attempt for |XML-RPC multicall authentication failure$)");

    /** Many logins in one request. */
    static final Pattern MULTICALL = Pattern.compile(
            "^(?:XML-RPC multicall authentication failure$|Bailiff: refused .*reason=(?:multicall|banned))");

    /** A pingback that failed or was refused. */
    static final Pattern PINGBACK = Pattern.compile(
            "^(?:Pingback error \\d+ generated$|Blocked multicall pingback attempt$|Bailiff: refused door=pingback )");

    /** A pingback that made the site send a request to somebody. */
    static final Pattern REFLECTED =
            Pattern.compile("^(?:Bailiff: pingback code=\\d+ sent=1 |Bailiff: refused door=pingback )");

    /** Somebody who reads the names of users. */
    static final Pattern SEEKING = Pattern.compile("^Bailiff: enumeration door=(?:author|rest|sitemap)$");

    /** A wish for a new password for somebody who does not exist. */
    static final Pattern RESET = Pattern.compile("^Failed password reset for unknown user ");

    /** A refusal by the shield. */
    static final Pattern REFUSED = Pattern.compile("^Bailiff: refused ");

    private Telling() {}
}
