package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Somebody at an address of his own, who asks a WordPress site for things by curl. */
final class Visitor implements AutoCloseable {

    private final Network network;
    private final String address;
    private final Folder folder = Folder.make();

    /** Somebody at that address, which is settled for him. */
    Visitor(Network network, String address) {
        this.network = network;
        this.address = address;
        network.settle(address);
    }

    String address() {
        return address;
    }

    /** Asks for a page, with more options for curl; gives the status. */
    String get(String path, String... options) {
        return request(path, options);
    }

    /** The same; gives the answer. */
    String read(String path, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add(Network.url(address, 80, path));
        return network.curl(address, all.toArray(String[]::new)).good().out();
    }

    /** Gives a name and a password to the form; gives the status. */
    String logIn(String user, String password) {
        return logIn(List.of(), user, password);
    }

    /** The same with more options for curl. */
    String logIn(List<String> options, String user, String password) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("--data-urlencode", "log=" + user, "--data-urlencode", "pwd=" + password));
        return request("/wp-login.php", all.toArray(String[]::new));
    }

    /** A call over XML-RPC whose arguments are texts; gives the answer. */
    String call(String method, String... arguments) {
        return send("/xmlrpc.php", body(method, texts(arguments)));
    }

    /** The same with more options for curl. */
    String callWith(List<String> options, String method, String... arguments) {
        return send("/xmlrpc.php", body(method, texts(arguments)), options.toArray(String[]::new));
    }

    /** A request to XML-RPC as it stands, at whatever path; gives the answer. */
    String post(String path, String body, String... options) {
        return send(path, body, options);
    }

    /** Many calls in one, each a method and its arguments; gives the answer. */
    String multicall(List<List<String>> calls) {
        return multicallWith(List.of(), calls);
    }

    /** The same with more options for curl. */
    String multicallWith(List<String> options, List<List<String>> calls) {
        return send("/xmlrpc.php", multicallOf(calls), options.toArray(String[]::new));
    }

    /** The body of that request. */
    static String multicallOf(List<List<String>> calls) {
        StringBuilder all = new StringBuilder();
        for (List<String> call : calls) {
            List<String> arguments = call.subList(1, call.size());
            all.append("<value><struct><member><name>methodName</name><value><string>")
                    .append(call.getFirst())
                    .append("</string></value></member><member><name>params</name>")
                    .append("<value><array><data>")
                    .append(String.join(
                            "", arguments.stream().map(Visitor::value).toList()))
                    .append("</data></array></value></member></struct></value>");
        }
        String array = "<value><array><data>" + all + "</data></array></value>";
        return body("system.multicall", List.of(array));
    }

    private String send(String path, String body, String... options) {
        String file = folder.write("body", body).toString();
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--data-binary", "@" + file, Network.url(address, 80, path)));
        return network.curl(address, all.toArray(String[]::new)).good().out();
    }

    private String request(String path, String... options) {
        List<String> all = new ArrayList<>(List.of("-o", "/dev/null", "-w", "%{http_code}"));
        all.addAll(List.of(options));
        all.add(Network.url(address, 80, path));
        return network.curl(address, all.toArray(String[]::new)).good().out();
    }

    private static List<String> texts(String... arguments) {
        return Stream.of(arguments).map(Visitor::value).toList();
    }

    private static String value(String text) {
        return "<value><string>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</string></value>";
    }

    private static String body(String method, List<String> values) {
        StringBuilder parameters = new StringBuilder();
        values.forEach(each -> parameters.append("<param>").append(each).append("</param>"));
        return "<?xml version=\"1.0\"?><methodCall><methodName>" + method + "</methodName><params>" + parameters
                + "</params></methodCall>";
    }

    @Override
    public void close() {
        folder.close();
    }
}
