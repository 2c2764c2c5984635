package bailiff.acceptance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A file of decisions as an agent elsewhere would write it. */
final class Decisions {

    private Decisions() {}

    /** These bans, a line each, signed; the file means something until then, in Unix seconds. */
    static String signed(String bans, long until, String key) {
        String head = "bailiff-decisions 1 " + until;
        return head + " " + signature(head + "\n" + bans, key) + "\n" + bans;
    }

    private static String signature(String text, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
