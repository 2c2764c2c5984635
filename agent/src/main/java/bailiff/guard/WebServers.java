package bailiff.guard;

import bailiff.net.IpAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The web servers that are installed here, and the lines that let them log the visitors' own addresses.
 *
 * @param root where {@code /etc} is: {@code /}, but for tests
 */
record WebServers(Path root) {

    /** What to write where, if a proxy of that address stands in front. */
    String advice(IpAddress proxy) {
        List<String> lines = new ArrayList<>();
        boolean apache = has("etc/apache2") || has("etc/httpd");
        boolean nginx = has("etc/nginx");
        if (apache || !nginx) {
            lines.add("Apache (a2enmod remoteip): 'RemoteIPHeader X-Forwarded-For', 'RemoteIPTrustedProxy " + proxy
                    + "', and %a in place of %h in LogFormat");
        }
        if (nginx || !apache) {
            lines.add("nginx: 'set_real_ip_from " + proxy + ";', 'real_ip_header X-Forwarded-For;'");
        }
        return "If it is a proxy of yours, let the web server log the visitors' own addresses ("
                + String.join("; ", lines)
                + "), and tell the plugin in wp-config.php: define('BAILIFF_PROXIES', '" + proxy
                + "'). If it is a network of people, list it in ignoreip, and this is not said again.";
    }

    private boolean has(String directory) {
        return Files.isDirectory(root.resolve(directory));
    }
}
