package bailiff.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewElementsTest {

    private static final short NEW_ELEMENTS = 10 << 8 | 12;
    private static final short DELETED_ELEMENTS = 10 << 8 | 14;

    @Test
    void in_severalElementsInSeveralMessages_areAllTold() {
        byte[] first = message(NEW_ELEMENTS, list(element(198, 18, 0, 1), element(10, 0, 0, 200)));
        byte[] second = message(NEW_ELEMENTS, list(element(198, 18, 0, 2)));

        assertThat(told(joined(first, second))).containsExactly("198.18.0.1", "10.0.0.200", "198.18.0.2");
    }

    @Test
    void in_deletedElements_areNotTold() {
        assertThat(told(message(DELETED_ELEMENTS, list(element(198, 18, 0, 1)))))
                .isEmpty();
    }

    @Test
    void in_messageThatIsCutOff_isPassedOver() {
        byte[] whole = message(NEW_ELEMENTS, list(element(198, 18, 0, 1)));

        List<String> told = new ArrayList<>();
        NewElements.in(whole, whole.length - 4, told::add);

        assertThat(told).isEmpty();
    }

    private static List<String> told(byte[] messages) {
        List<String> told = new ArrayList<>();
        NewElements.in(messages, messages.length, told::add);
        return told;
    }

    private static byte[] message(short type, byte[] elements) {
        byte[] table = attribute(1, "bailiff\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        byte[] body = joined(new byte[4], table, attribute(0x8000 | 3, elements));
        return ordered(16 + body.length)
                .putInt(16 + body.length)
                .putShort(type)
                .put(16, body)
                .array();
    }

    private static byte[] list(byte[]... elements) {
        byte[] all = new byte[0];
        for (byte[] element : elements) {
            all = joined(all, attribute(0x8000 | 1, element));
        }
        return all;
    }

    private static byte[] element(int... address) {
        byte[] key = new byte[address.length];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) address[i];
        }
        byte[] timeout = attribute(4, new byte[8]);
        return joined(timeout, attribute(0x8000 | 1, attribute(1, key)));
    }

    private static byte[] attribute(int type, byte[] value) {
        int length = 4 + value.length;
        return ordered(length + 3 & ~3)
                .putShort((short) length)
                .putShort((short) type)
                .put(value)
                .array();
    }

    private static ByteBuffer ordered(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
    }

    private static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
