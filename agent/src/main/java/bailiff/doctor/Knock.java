package bailiff.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Asks one page of an {@link OwnSite} over HTTP/1.1: at exactly its address, whatever its name leads to by now, which
 * Java's own client cannot be told. At most {@value #MOST_BYTES} bytes of an answer are read, for ten seconds. Stateless.
 */
final class Knock {

    static final int MOST_BYTES = 256 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3}) ");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location:[ \\t]*(\\S+)");

    private Knock() {}

    /**
     * What came back.
     *
     * @param location where a redirection leads
     * @param text the answer with its headers; hostile
     */
    record Reply(int status, Optional<String> location, String text) {}

    static Reply get(OwnSite site, String page) throws IOException {
        return exchange(site, "GET " + site.path() + page, "", "");
    }

    static Reply post(OwnSite site, String page, String type, String body) throws IOException {
        return exchange(site, "POST " + site.path() + page, type, body);
    }

    private static Reply exchange(OwnSite site, String request, String type, String body) throws IOException {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String posted =
                type.isEmpty() ? "" : "Content-Type: " + type + "\r\nContent-Length: " + content.length + "\r\n";
        String head = request + " HTTP/1.1\r\nHost: " + site.hostHeader()
                + "\r\nUser-Agent: bailiff-doctor\r\nAccept: */*\r\nConnection: close\r\n" + posted + "\r\n";
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(site.address(), site.port()), (int) PATIENCE.toMillis());
            plain.setSoTimeout((int) PATIENCE.toMillis());
            try (Socket socket = site.isSecure() ? secure(plain, site) : plain) {
                OutputStream out = socket.getOutputStream();
                out.write(head.getBytes(StandardCharsets.US_ASCII));
                out.write(content);
                out.flush();
                return reply(read(socket, end));
            }
        }
    }

    private static String read(Socket socket, long end) throws IOException {
        byte[] bytes = new byte[MOST_BYTES];
        int size = 0;
        InputStream in = socket.getInputStream();
        while (size < bytes.length) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new SocketTimeoutException("no whole answer within " + PATIENCE.toSeconds() + " seconds");
            }
            socket.setSoTimeout((int) left);
            int read = in.read(bytes, size, bytes.length - size);
            if (read < 0) {
                break;
            }
            size += read;
        }
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    private static Reply reply(String text) throws IOException {
        Matcher status = STATUS.matcher(text);
        if (!status.lookingAt()) {
            throw new IOException("what answered does not speak HTTP");
        }
        int headers = text.indexOf("\r\n\r\n");
        Matcher location = LOCATION.matcher(headers < 0 ? text : text.substring(0, headers));
        return new Reply(
                Integer.parseInt(status.group(1)),
                location.find() ? Optional.of(location.group(1)) : Optional.empty(),
                text);
    }

    /*
     * Any certificate will do: the other end is this machine, nothing secret is said, and behind a CDN a site often has
     * one that only the CDN trusts.
     */
    private static Socket secure(Socket plain, OwnSite site) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anybody()}, null);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, site.host(), site.port(), true);
            if (site.host().matches(".*[A-Za-z].*") && !site.host().contains(":")) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName(site.host())));
                socket.setSSLParameters(parameters);
            }
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IOException("TLS cannot be spoken: " + e.getMessage(), e);
        }
    }

    private static final class Anybody extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
