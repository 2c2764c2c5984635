package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads attempts out of an access log, and what their sources did besides.
 *
 * <p>To be given every request of the site, in the order of the log. Not thread-safe.
 */
public final class AccessSensor {

    /** How a request is turned away before WordPress, whoever sent it; 404 where there is no such door. */
    private static final Set<Integer> REFUSALS = Set.of(401, 403, 404, 405, 406, 407, 410);

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /** Of wp-login.php: what is no attempt to log in. */
    private static final Set<String> OTHER_ACTIONS = Set.of(
            "lostpassword",
            "retrievepassword",
            "resetpass",
            "rp",
            "register",
            "logout",
            "postpass",
            "confirmaction",
            "checkemail",
            "confirm_admin_email");

    /**
     * The longest answer of XML-RPC that is a fault for certain, with the headers that some logs count: its text is 370
     * to 458 bytes, headers of a usual server 150 to 170; the shortest answer to a login that was right is 680.
     */
    private static final long LONGEST_FAULT = 640;

    /** How the User-Agents of common libraries begin, in small letters. */
    private static final List<String> LIBRARIES =
            List.of("python", "go-http-client", "curl", "libwww", "lwp", "java/", "php/", "okhttp", "ruby", "wget");

    private final SiteEvidence evidence;
    private final FaultSizes faults = new FaultSizes();
    private final Visits visits = new Visits();

    /**
     * @param evidence is told who visits; attempts are not recorded there
     */
    public AccessSensor(SiteEvidence evidence) {
        this.evidence = evidence;
    }

    /** Takes a request; gives the attempt to log in that it is, if it is one. */
    public Optional<Attempt> read(AccessRecord request) {
        Optional<Door> door = door(request);
        if (door.isEmpty() || !isAttempt(door.get(), request)) {
            if (visits.saw(request, door)) {
                evidence.visit(request.client());
            }
            return Optional.empty();
        }
        Cidr source = Attempt.source(request.client());
        long now = request.time().getEpochSecond();
        Conduct conduct = conduct(door.get(), source, request);
        Request told = new Request(
                door.get(),
                request.protocol(),
                "",
                origin(request),
                Optional.of(request.agent()),
                conduct,
                visits.isCrowd(source, now));
        Login login = Login.untold(outcome(door.get(), request, conduct));
        return Optional.of(new Attempt(request.time(), request.client(), login, told));
    }

    private static Optional<Door> door(AccessRecord request) {
        String path = request.path();
        if (isScript(path, "/wp-login.php")) {
            return Optional.of(Door.LOGIN);
        }
        if (isScript(path, "/xmlrpc.php")) {
            return Optional.of(Door.XMLRPC);
        }
        boolean rest = path.contains("/wp-json/") && !request.user().isEmpty();
        return rest ? Optional.of(Door.REST) : Optional.empty();
    }

    /** Whether the path is that script in whatever folder, with or without something behind its name. */
    private static boolean isScript(String path, String name) {
        return path.endsWith(name) || path.contains(name + "/");
    }

    private static boolean isAttempt(Door door, AccessRecord request) {
        return switch (door) {
            case LOGIN -> request.method().equals("POST") && !OTHER_ACTIONS.contains(action(request.query()));
            case XMLRPC -> request.method().equals("POST");
            case REST -> request.status() == 401;
        };
    }

    private static String action(String query) {
        for (String part : query.split("&", -1)) {
            if (part.startsWith("action=")) {
                return part.substring("action=".length());
            }
        }
        return "";
    }

    private static Origin origin(AccessRecord request) {
        String referer = request.referer();
        if (referer.isEmpty() || referer.equals("-")) {
            return Origin.NONE;
        }
        return referer.contains("wp-login.php") || referer.contains("xmlrpc.php") ? Origin.DOOR : Origin.ELSEWHERE;
    }

    private Conduct conduct(Door door, Cidr source, AccessRecord request) {
        if (door == Door.LOGIN) {
            return visits.conduct(source, request.time().getEpochSecond());
        }
        if (door == Door.REST) {
            return Conduct.UNTOLD;
        }
        return isDisguised(request) || isNameless(request.agent()) ? Conduct.FOREIGN : Conduct.CLIENT;
    }

    /** Says at a door for programs what only browsers say. */
    private static boolean isDisguised(AccessRecord request) {
        return Fingerprint.isBrowser(request.agent()) || origin(request) != Origin.NONE;
    }

    /** Has no name, or that of the library it was made with: what many use is named. */
    static boolean isNameless(String agent) {
        String name = agent.toLowerCase(Locale.ROOT);
        return name.length() <= 1 || LIBRARIES.stream().anyMatch(name::startsWith);
    }

    private Outcome outcome(Door door, AccessRecord request, Conduct conduct) {
        int status = request.status();
        if (REFUSALS.contains(status)) {
            return Outcome.REFUSED;
        }
        if (status == TOO_MANY || status >= SERVER_ERROR) {
            return Outcome.BROKEN;
        }
        return switch (door) {
            case LOGIN -> login(status, conduct);
            case XMLRPC -> status == 200 ? call(request) : Outcome.UNKNOWN;
            case REST -> Outcome.UNKNOWN;
        };
    }

    /** A redirection is a success, but to who never saw the form: some sites redirect everybody. */
    private static Outcome login(int status, Conduct conduct) {
        if (status == 302) {
            return conduct == Conduct.BLIND ? Outcome.UNKNOWN : Outcome.SUCCESS;
        }
        return status == 200 ? Outcome.FAILURE : Outcome.UNKNOWN;
    }

    /** A success may be as short as a fault; but what pretends to be a browser was never let in by its name. */
    private Outcome call(AccessRecord request) {
        long bytes = request.bytes();
        if (bytes <= 0 || bytes > LONGEST_FAULT) {
            return Outcome.UNKNOWN;
        }
        if (isDisguised(request)) {
            faults.saw(bytes, Attempt.source(request.client()));
            return Outcome.FAILURE;
        }
        return faults.isFault(bytes) ? Outcome.FAILURE : Outcome.UNKNOWN;
    }
}
