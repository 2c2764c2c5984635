package bailiff.acceptance;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody of the crowd at an address of his own, who keeps in mind what became of each of his requests. */
final class Guest {

    private static final Pattern HIDDEN = Pattern.compile("<input type=\"hidden\" name=\"(\\w+)\" value=\"([^\"]*)\"");

    private final Crowd crowd;
    private final String address;
    private final String host;
    private final int port;
    private final List<Reply> replies = new ArrayList<>();
    private String agent = "";

    Guest(Crowd crowd, String address, String host, int port) {
        this.crowd = crowd;
        this.address = address;
        this.host = host;
        this.port = port;
    }

    /** The same one, who says from now on what program he uses; nobody says so by himself. */
    Guest with(String program) {
        agent = program;
        return this;
    }

    String address() {
        return address;
    }

    /** How many of his requests the site answered. */
    int answered() {
        return (int) replies.stream().filter(Reply::isAnswered).count();
    }

    /** How many of his requests came to nothing. */
    int dropped() {
        return replies.size() - answered();
    }

    /** Whether a packet filter has met him with silence. */
    boolean isShutOut() {
        return replies.stream().anyMatch(Reply::isDropped);
    }

    /** Sends a request. Who has been shut out tries no more, which would only take time. */
    Reply send(Asking asking) {
        Asking named = agent.isEmpty() ? asking : asking.with("User-Agent: " + agent);
        Reply reply =
                isShutOut() ? new Reply(Reply.DROPPED, "") : crowd.ask(address, host, port, named.bytes(Network.SITE));
        replies.add(reply);
        return reply;
    }

    /** Gives a name and a password to the form. */
    Reply logIn(String user, String password) {
        return send(form(user, password));
    }

    /** Fetches the form, as a browser does, and sends it with all that stands in it, a name, and a password. */
    Reply fillIn(String user, String password) {
        Reply page = expect(get("/wp-login.php"), 200);
        String hidden = HIDDEN.matcher(page.text())
                .results()
                .map(field -> "&" + encoded(field.group(1)) + "=" + encoded(field.group(2)))
                .collect(Collectors.joining());
        String fields = "log=" + encoded(user) + "&pwd=" + encoded(password) + hidden;
        return send(Asking.form("/wp-login.php", fields)
                .with("Cookie: " + page.cookies())
                .with("Referer: http://" + Network.SITE + "/wp-login.php"));
    }

    /** The form with a name and a password. */
    static Asking form(String user, String password) {
        return Asking.form("/wp-login.php", "log=" + encoded(user) + "&pwd=" + encoded(password));
    }

    /** A call over XML-RPC whose arguments are texts. */
    Reply call(String method, String... arguments) {
        return send(Asking.xml("/xmlrpc.php", XmlRpc.call(method, arguments)));
    }

    /** A login over XML-RPC. */
    Reply knock(String user, String password) {
        return call(XmlRpc.LOGIN, user, password);
    }

    /** Many calls over XML-RPC in one. */
    Reply multicall(List<String> calls) {
        return send(Asking.xml("/xmlrpc.php", XmlRpc.multicall(calls)));
    }

    /** Says that a page of his links to a post. */
    Reply ping(String page, String post) {
        return call("pingback.ping", page, post);
    }

    /** A page of his that links to that post. */
    String page(String name, String post) {
        return "http://" + address + ":" + Crowd.PAGES + "/" + name + "?" + post;
    }

    /** Asks for a page with a name and a password in the request's head. */
    Reply basic(String path, String user, String password) {
        return send(Asking.get(path).with(authorization(user, password)));
    }

    /** A name and a password as a line of a request's head. */
    static String authorization(String user, String password) {
        byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(both);
    }

    Reply get(String path) {
        return send(Asking.get(path));
    }

    /** Fails unless the reply has one of these statuses. */
    Reply expect(Reply reply, Integer... statuses) {
        if (!Arrays.asList(statuses).contains(reply.status())) {
            throw new AssertionError(address + " expected status " + List.of(statuses) + ", and there came: " + reply);
        }
        return reply;
    }

    /** Fails unless the reply is a page with that text. */
    void expectToRead(Reply reply, String text) {
        if (!expect(reply, 200).text().contains(text)) {
            throw new AssertionError(address + " expected to read of " + text + ", and there came: " + reply);
        }
    }

    /** Fails unless the reply is one of XML-RPC that grants what was asked. */
    void expectGranted(Reply reply) {
        expect(reply, 200);
        if (reply.text().contains("faultCode") || !reply.text().contains("<methodResponse>")) {
            throw new AssertionError(address + " expected no fault, and there came: " + reply);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** His address, and what became of his requests. */
    @Override
    public String toString() {
        return address + " " + replies.stream().map(Reply::status).toList()
                + (replies.isEmpty() ? "" : " the last: " + replies.getLast());
    }
}
