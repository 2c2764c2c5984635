package bailiff.evidence.site;

import bailiff.filter.AnswerSizes;
import bailiff.filter.Knock;
import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads attempts out of an access log, and what their sources did besides.
 *
 * <p>To be given every request of the site, in the order of the log. Not thread-safe.
 */
public final class AccessSensor {

    /*
     * What a request meant is Knock's; here is decided what of that is evidence. An access log is the word of the
     * client about itself, so what speaks for somebody must be what he cannot bring about:
     *
     * - A REST answer of 200 is no success: X-HTTP-Method-Override, which no log shows, has WordPress answer anybody.
     * - Who verifies a pingback says himself on whose behalf, so nobody is blamed for that, and it is no visit.
     * - REST answers of 401 without a name are those of browsers whose login has ended.
     */

    /** How a request is turned away before WordPress, whoever sent it, besides 401, 403, 405, 406; 444 by nginx. */
    private static final Set<Integer> CLOSED = Set.of(404, 407, 410, 444);

    /** Elsewhere, and there as a GET most often: nothing was tested. */
    private static final Set<Integer> DETOURS = Set.of(301, 307, 308);

    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    /**
     * The longest answer of XML-RPC that is a fault for certain, with the headers that some logs count: its text is 370
     * to 458 bytes, headers of a usual server 150 to 170; the shortest answer to a login that was right is 680.
     */
    private static final long LONGEST_FAULT = 640;

    /** Networks of which it is remembered how XML-RPC answered them: 25 KB a site that is called by so many. */
    private static final int CALLERS = 256;

    /** Of the one site that a sensor reads of. */
    private static final String HERE = "";

    private final Visits visits;
    private final Readership readers = new Readership();
    private final Consumer<IpAddress> visitors;
    private final AnswerSizes sizes = new AnswerSizes(CALLERS);
    private final Guessers guessers = new Guessers();

    /**
     * A sensor for a log that is the only one.
     *
     * @param evidence is told who visits; attempts are not recorded there
     */
    public AccessSensor(SiteEvidence evidence) {
        this(new Visits(), evidence::visit);
    }

    /**
     * A sensor beside others.
     *
     * @param visits of all logs of the machine
     * @param visitors is told who visits, once a day and source
     */
    AccessSensor(Visits visits, Consumer<IpAddress> visitors) {
        this.visits = visits;
        this.visitors = visitors;
    }

    /** Takes a request; gives the attempt to log in that it is, if it is one. */
    public Optional<Attempt> read(AccessRecord request) {
        Knock knock = Knock.of(request, sizes);
        Optional<Door> door = door(knock, request);
        if (door.isEmpty()) {
            if (readers.saw(request, knock, visits)) {
                visitors.accept(request.client());
            }
            return Optional.empty();
        }
        Cidr source = Attempt.source(request.client());
        long now = request.time().getEpochSecond();
        Request told = Programs.seen(new Request(
                door.get(),
                request.protocol(),
                spelling(request),
                origin(request),
                request.tellsAgent() ? Optional.of(request.agent()) : Optional.empty(),
                door.get() == Door.LOGIN ? readers.conduct(visits, source, now) : Conduct.UNTOLD,
                visits.isCrowd(source, now)));
        return Optional.of(new Attempt(request.time(), request.client(), login(knock, request, told), told));
    }

    /** The door at which a login was tried. */
    private static Optional<Door> door(Knock knock, AccessRecord request) {
        if (!knock.attempt()) {
            return Optional.empty();
        }
        return switch (knock.door()) {
            case LOGIN -> Optional.of(Door.LOGIN);
            case XMLRPC -> Optional.of(Door.XMLRPC);
            case REST ->
                request.status() == UNAUTHORIZED && !request.user().isEmpty()
                        ? Optional.of(Door.REST)
                        : Optional.empty();
            case ENUMERATION, PINGBACK_VICTIM, OTHER -> Optional.empty();
        };
    }

    /** As sent where that is not plain; and what stands behind the name of the script. */
    private static String spelling(AccessRecord request) {
        String path = request.path();
        return request.spelling().isEmpty() && !path.endsWith(".php") ? path : request.spelling();
    }

    private static Origin origin(AccessRecord request) {
        if (!request.tellsReferer()) {
            return Origin.UNTOLD;
        }
        String referer = request.referer();
        if (referer.isEmpty() || referer.equals("-")) {
            return Origin.NONE;
        }
        return referer.contains("wp-login.php") || referer.contains("xmlrpc.php") ? Origin.DOOR : Origin.ELSEWHERE;
    }

    private Login login(Knock knock, AccessRecord request, Request told) {
        int status = request.status();
        if (CLOSED.contains(status)) {
            return Login.untold(Outcome.REFUSED);
        }
        if (status == TOO_MANY || status >= SERVER_ERROR || DETOURS.contains(status)) {
            return Login.untold(Outcome.BROKEN);
        }
        if (told.door() == Door.XMLRPC && status == 200) {
            return call(request, told);
        }
        return Login.untold(
                switch (knock.reply()) {
                    // A redirection is a success, but to who never saw the form: some sites redirect everybody.
                    case SUCCESS -> told.conduct() == Conduct.BLIND ? Outcome.UNKNOWN : Outcome.SUCCESS;
                    case FAILURE -> Outcome.FAILURE;
                    case REFUSED -> Outcome.REFUSED;
                    case UNKNOWN -> Outcome.UNKNOWN;
                });
    }

    /** A success may be as short as a fault; but what pretends to be a browser was never let in by its name. */
    private Login call(AccessRecord request, Request told) {
        long bytes = request.bytes();
        sizes.seen(HERE, request.client(), bytes);
        boolean mayBeFault = bytes > 0 && bytes <= LONGEST_FAULT;
        if (mayBeFault && Programs.isDisguised(told)) {
            sizes.strange(HERE, request.client(), bytes);
            return Login.untold(Outcome.FAILURE);
        }
        int logins = sizes.learned(HERE, bytes);
        if (logins > 1 || (logins == 1 && mayBeFault)) {
            return Login.untold(Outcome.FAILURE, logins);
        }
        return Login.untold(isGuessing(request, bytes) ? Outcome.FAILURE : Outcome.UNKNOWN);
    }

    private boolean isGuessing(AccessRecord request, long bytes) {
        Cidr source = Attempt.source(request.client());
        if (bytes > LONGEST_FAULT) {
            guessers.sawLong(source);
            return false;
        }
        boolean mayBeBlog = !request.tellsAgent() || request.agent().contains("WordPress/");
        return bytes > 0 && guessers.sawShort(bytes, source, mayBeBlog);
    }

    /** How the source has behaved at this site and others, as far as somebody who sends a login form shows it. */
    Conduct conduct(Cidr source, long now) {
        return readers.conduct(visits, source, now);
    }

    void write(DataOutput out) throws IOException {
        readers.write(out);
        sizes.write(out);
    }

    void read(DataInput in) throws IOException {
        readers.read(in);
        sizes.read(in);
    }
}
