package bailiff.evidence.site;

import java.util.List;
import java.util.Locale;

/** What the User-Agent and the Referer of a request tell at a door for programs, where no visit shows conduct. */
final class Programs {

    /** How the User-Agents of common libraries begin, in small letters. */
    private static final List<String> LIBRARIES =
            List.of("python", "go-http-client", "curl", "libwww", "lwp", "java/", "php/", "okhttp", "ruby", "wget");

    private Programs() {}

    /** The same request, with its conduct where its door is XML-RPC and it was not known yet. */
    static Request seen(Request request) {
        return request.door() == Door.XMLRPC && request.conduct() == Conduct.UNTOLD
                ? request.by(Conduct.ofProgram(request.agent(), request.origin()), request.crowd())
                : request;
    }

    /** Says at a door for programs what only browsers say. */
    static boolean isDisguised(Request request) {
        return request.isBrowser() || request.origin() == Origin.DOOR || request.origin() == Origin.ELSEWHERE;
    }

    /** Has no name, or that of the library it was made with: what many use is named. */
    static boolean isNameless(String agent) {
        String name = agent.toLowerCase(Locale.ROOT);
        return name.length() <= 1 || LIBRARIES.stream().anyMatch(name::startsWith);
    }
}
