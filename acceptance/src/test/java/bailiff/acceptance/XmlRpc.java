package bailiff.acceptance;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Calls of XML-RPC in writing. */
final class XmlRpc {

    /** A method that does nothing but log in. */
    static final String LOGIN = "wp.getUsersBlogs";

    private XmlRpc() {}

    /** A call whose arguments are texts. */
    static String call(String method, String... arguments) {
        return calling(method, Arrays.stream(arguments).map(XmlRpc::text).toList());
    }

    /** A call whose arguments are values in writing. */
    static String calling(String method, List<String> values) {
        return "<?xml version=\"1.0\"?><methodCall><methodName>" + method + "</methodName><params>"
                + values.stream().map(value -> "<param>" + value + "</param>").collect(Collectors.joining())
                + "</params></methodCall>";
    }

    /** Many calls in one, of {@link #inner}. */
    static String multicall(List<String> calls) {
        return calling("system.multicall", List.of(array(calls)));
    }

    /** One of many calls. */
    static String inner(String method, List<String> values) {
        return struct(Map.of("methodName", text(method), "params", array(values)));
    }

    /** One of many logins. */
    static String login(String user, String password) {
        return inner(LOGIN, List.of(text(user), text(password)));
    }

    /** A text as a value. */
    static String text(String text) {
        return "<value><string>" + text.replace("&", "&amp;").replace("<", "&lt;") + "</string></value>";
    }

    /** Values in a row as one. */
    static String array(List<String> values) {
        return "<value><array><data>" + String.join("", values) + "</data></array></value>";
    }

    /** Values with names as one. */
    static String struct(Map<String, String> members) {
        return "<value><struct>"
                + members.entrySet().stream()
                        .map(member -> "<member><name>" + member.getKey() + "</name>" + member.getValue() + "</member>")
                        .collect(Collectors.joining())
                + "</struct></value>";
    }

    /** A post for the site, in the words of metaWeblog. */
    static List<String> post(String user, String password, String title) {
        String content = struct(Map.of("title", text(title), "description", text("What " + title + " is about.")));
        return List.of(text("1"), text(user), text(password), content, "<value><boolean>1</boolean></value>");
    }
}
