package bailiff.acceptance;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request, as it goes over the wire: no client's library makes it proper.
 *
 * @param begin method and target
 * @param version HTTP's
 * @param headers whole lines; a {@code Host} among them takes the place of the usual one
 * @param body empty for none
 */
record Asking(String begin, String version, List<String> headers, String body) {

    /** Asks for a page. */
    static Asking get(String target) {
        return new Asking("GET " + target, "HTTP/1.1", List.of(), "");
    }

    /** Sends a body to a page. */
    static Asking post(String target, String type, String body) {
        return new Asking("POST " + target, "HTTP/1.1", List.of("Content-Type: " + type), body);
    }

    /** Sends the fields of a form, encoded already. */
    static Asking form(String target, String fields) {
        return post(target, "application/x-www-form-urlencoded", fields);
    }

    /** Sends a call of XML-RPC. */
    static Asking xml(String target, String call) {
        return post(target, "text/xml", call);
    }

    /** The same with another line of its head. */
    Asking with(String header) {
        return new Asking(
                begin,
                version,
                Stream.concat(headers.stream(), Stream.of(header)).toList(),
                body);
    }

    /** The same in another version of HTTP. */
    Asking in(String otherVersion) {
        return new Asking(begin, otherVersion, headers, body);
    }

    /** Its bytes, for the site of that name. */
    byte[] bytes(String host) {
        byte[] sent = body.getBytes(StandardCharsets.UTF_8);
        boolean isChunked = headers.contains("Transfer-Encoding: chunked");
        List<String> head = new ArrayList<>(headers);
        if (head.stream().noneMatch(line -> line.startsWith("Host:"))) {
            head.add("Host: " + host);
        }
        head.add("Connection: close");
        if (sent.length > 0 && !isChunked) {
            head.add("Content-Length: " + sent.length);
        }
        String lines = begin + " " + version + "\r\n"
                + head.stream().map(line -> line + "\r\n").collect(Collectors.joining()) + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(lines.getBytes(StandardCharsets.UTF_8));
        if (isChunked) {
            chunks(sent, all);
        } else {
            all.writeBytes(sent);
        }
        return all.toByteArray();
    }

    /** In pieces that cut words in two. */
    private static void chunks(byte[] sent, ByteArrayOutputStream out) {
        for (int at = 0; at < sent.length; at += 7) {
            int length = Math.min(7, sent.length - at);
            out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(sent, at, length);
            out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
