package bailiff.shield;

import bailiff.net.Cidr;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bans as a small signed file, for a plugin on hosting that has no socket. The first line is {@code bailiff-decisions
 * 1 UNTIL HMAC}; each further one is {@code SUBJECT UNTIL}. Times are seconds from 1970; after the first line's the file
 * means nothing. The HMAC (RFC 2104, with SHA-256) is that of {@code bailiff-decisions 1 UNTIL}, a line feed, and all
 * lines behind the first. Immutable.
 */
final class DecisionFile implements Publication {

    /** Bans at most, the newest. */
    static final int MOST_ENTRIES = 10_000;

    /** Bytes at most: PHP reads the whole file for each attempt. */
    static final int MOST_BYTES = 512 << 10;

    /** For how long the file is valid when nobody writes it anew. */
    static final Duration LIFE = Duration.ofMinutes(15);

    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEAD = "bailiff-decisions 1 ";
    private static final int ROOM_FOR_HEAD = 128;
    private static final Duration CHANGED = Duration.ofMinutes(1);
    private static final Duration RENEWED = Duration.ofMinutes(10);

    private final SecretKeySpec key;

    /** A file that is signed with that key. */
    DecisionFile(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    @Override
    public String name() {
        return "decision file";
    }

    @Override
    public Duration pause() {
        return CHANGED;
    }

    @Override
    public Duration life() {
        return RENEWED;
    }

    @Override
    public int most() {
        return MOST_ENTRIES;
    }

    @Override
    public boolean takes(Cidr subject) {
        return true;
    }

    @Override
    public String text(List<Bans.Standing> bans, Instant now) {
        StringBuilder lines = new StringBuilder(bans.size() * 28);
        for (Bans.Standing ban : bans) {
            String line = ban.subject() + " " + ban.until() + "\n";
            if (lines.length() + line.length() > MOST_BYTES - ROOM_FOR_HEAD) {
                break;
            }
            lines.append(line);
        }
        String head = HEAD + now.plus(LIFE).getEpochSecond();
        return head + " " + hmac(head + "\n" + lines) + "\n" + lines;
    }

    /** Nothing: what was decided holds until the file's end. */
    @Override
    public String farewell() {
        return "";
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256, for every key", e);
        }
    }
}
