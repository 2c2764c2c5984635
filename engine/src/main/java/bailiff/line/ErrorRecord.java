package bailiff.line;

import bailiff.net.IpAddress;
import java.time.Instant;

/**
 * One line of a web server's error log that names a client. Immutable.
 *
 * @param time as the line says, in the log's own zone
 * @param client whom it is about
 * @param code Apache's number of the message ({@code AH01630}); empty where there is none, and with nginx
 * @param message the server's words up to what the client chose: {@code client denied by server configuration}, {@code
 *     access forbidden by rule}
 * @param subject what it is about: the file's name, or nginx's request; hostile; empty where there is none
 */
public record ErrorRecord(Instant time, IpAddress client, String code, String message, String subject) {

    /** Whether the server turned the client away, by its own configuration. */
    public boolean isRefusal() {
        return message.equals("client denied by server configuration")
                || message.equals("access forbidden by rule")
                || message.startsWith("limiting ");
    }
}
