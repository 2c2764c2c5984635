package bailiff.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles as Python writes them, and as attackers do. */
class UnpicklerTest {

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Value read(String latin) throws PickleException {
        return Unpickler.read(latin(latin));
    }

    /** The list ['status', 'wp'] in every protocol, as CPython 3.13 and 2.7 write it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "286c70300a567374617475730a70310a615677700a70320a612e",
                "286c70310a5327737461747573270a70320a6153277770270a70330a612e",
                "5d71002858060000007374617475737101580200000077707102652e",
                "80025d71002858060000007374617475737101580200000077707102652e",
                "80035d71002858060000007374617475737101580200000077707102652e",
                "80049513000000000000005d94288c06737461747573948c02777094652e",
                "80059513000000000000005d94288c06737461747573948c02777094652e",
            })
    void read_commandInEachProtocol_isTheSameList(String hex) throws PickleException {
        assertThat(Unpickler.read(HexFormat.of().parseHex(hex))).isEqualTo(Value.texts(List.of("status", "wp")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "N. | None",
                "I01\\n. | True",
                "I00\\n. | False",
                "\\x88. | True",
                "I-42\\n. | -42",
                "L12345678901234567890L\\n. | 12345678901234567890",
                "J\\xff\\xff\\xff\\xff. | -1",
                "M\\xff\\xff. | 65535",
                "\\x8a\\x00. | 0",
                "\\x8a\\x02\\x00\\xff. | -256",
                "F0.1\\n. | 0.1",
                "G\\x3f\\xf0\\x00\\x00\\x00\\x00\\x00\\x00. | 1.0",
                "C\\x02a\\xff. | b'a\\xff'",
                "V\\u20ac\\n. | '€'",
                "). | ()",
                "K\\x01\\x85. | (1,)",
                "(K\\x01K\\x02t. | (1, 2)",
                "}(K\\x01K\\x02u. | {1: 2}",
                "\\x8f(K\\x01K\\x02\\x90. | {1, 2}",
                "(K\\x01K\\x02\\x91. | {1, 2}",
                "(K\\x01K\\x02d. | {1: 2}",
                "]K\\x07a. | [7]",
                "K\\x01\\x94K\\x02h\\x00\\x87. | (1, 2, 1)",
                "K\\x01(K\\x021. | 1",
            })
    void read_eachKindOfValue_isWhatPythonReprSays(String pickle, String repr) throws PickleException {
        Value value = read(unescaped(pickle.strip()));

        assertThat(value.repr()).isEqualTo(repr);
    }

    /** {@code \n} and {@code \xNN}, which a source file can hold, as the bytes; {@code \}{@code u} stays. */
    private static String unescaped(String text) {
        StringBuilder bytes = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("\\x", i)) {
                bytes.append((char) Integer.parseInt(text.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (text.startsWith("\\n", i)) {
                bytes.append('\n');
                i++;
            } else {
                bytes.append(text.charAt(i));
            }
        }
        return bytes.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos\nsystem\n(S'true'\ntR.",
                "\u0080\u0004\u008c\u0002os\u008c\u0006system\u0093\u008c\u0004true\u0085R.",
                "(S'true'\nios\nsystem\n.",
                "(cos\nsystem\nS'true'\no.",
                "Pid\n.",
                "K\u0001Q.",
                "\u0082\u0001.",
                "\u0083\u0001\u0000.",
                "\u0084\u0001\u0000\u0000\u0000.",
                "N)\u0081.",
                "N}b.",
                "\u0097.",
                "\u0098.",
            })
    void read_pickleThatWouldBuildOrCall_isRefusedAtThatByte(String pickle) {
        assertThatThrownBy(() -> read(pickle))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("asks for what is no plain value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "K",
                "K\u0001",
                ".",
                "(.",
                "K\u0001K\u0002.",
                "a.",
                "K\u0001a.",
                "]K\u0001e.",
                "(K\u0001d.",
                "h\u0005.",
                "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.",
                "X\u00ff\u00ff\u00ff\u00ff.",
                "X\u0001\u0000\u0000\u0000\u00ff.",
                "\u008b\u00ff\u00ff\u00ff\u007f.",
                "I1e9\n.",
                "Sstatus\n.",
                "S'\\q'\n.",
                "\u0080\u0006N.",
            })
    void read_damagedPickle_isAnError(String pickle) {
        assertThatThrownBy(() -> read(pickle)).isInstanceOf(PickleException.class);
    }

    @Test
    void read_listInItself_isAnError() {
        assertThatThrownBy(() -> read("]\u0094h\u0000a.")).isInstanceOf(PickleException.class);
    }

    /** Each list holds the one before it twice: 2^40 elements in a few hundred bytes. */
    @Test
    void read_valueThatIsHugeWhenWrittenOut_isAnError() {
        StringBuilder pickle = new StringBuilder("]\u0094");
        for (int i = 0; i < 40; i++) {
            pickle.append("(h").append((char) i).append('h').append((char) i).append("t\u0094");
        }

        assertThatThrownBy(() -> read(pickle + ".")).isInstanceOf(PickleException.class);
    }

    @Test
    void read_moreNestedThanAllowed_isAnErrorAndNoOverflow() {
        assertThatThrownBy(() -> read("(".repeat(100_000) + "t".repeat(100_000) + "."))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("nested");
    }

    @Test
    void read_morePartsThanAllowed_isAnError() {
        assertThatThrownBy(() -> read("]".repeat(PickleStack.MOST_STEPS + 1) + "."))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("parts");
    }

    /** Whatever comes: a value or the one exception, and what is written of a value reads as the same. */
    @Test
    void read_randomAndMutatedPickles_giveAValueOrTheError() {
        Random random = new Random(20261121);
        byte[] honest = Pickler.write(sample());
        int values = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] hostile = round % 2 == 0 ? mutated(honest, random) : noise(random);
            try {
                Value value = Unpickler.read(hostile);
                values++;
                assertThat(Unpickler.read(Pickler.write(value)).repr()).isEqualTo(value.repr());
            } catch (PickleException e) {
                assertThat(e).hasMessageEndingWith(".").hasNoCause();
            } catch (RuntimeException | Error e) {
                throw new AssertionError(HexFormat.of().formatHex(hostile), e);
            }
        }
        assertThat(values).isPositive();
    }

    private static byte[] mutated(byte[] honest, Random random) {
        byte[] hostile = honest.clone();
        for (int i = 0; i <= random.nextInt(4); i++) {
            hostile[random.nextInt(hostile.length)] = (byte) random.nextInt(256);
        }
        return hostile;
    }

    private static byte[] noise(Random random) {
        byte[] opcodes = latin("(]})NK\u0001\u0002ahtlsuedq\u0085\u0086\u0087\u0094\u008f\u0090\u0091U\u0002ab.01I7\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int length = random.nextInt(40);
        for (int i = 0; i < length; i++) {
            bytes.write(random.nextInt(5) == 0 ? random.nextInt(256) : opcodes[random.nextInt(opcodes.length)]);
        }
        bytes.write('.');
        return bytes.toByteArray();
    }

    private static Value sample() {
        List<Value> values = new ArrayList<>(List.of(
                Value.none(),
                Value.of(true),
                Value.of(-1),
                Value.of(300),
                Value.of(70_000),
                Value.of(Long.MIN_VALUE),
                new Value.Real(0.5),
                Value.of("naïve \ud83d\ude00"),
                Value.of("x".repeat(300)),
                new Value.Raw("\u0000\u00ff"),
                Value.tuple(),
                Value.tuple(Value.of(1), Value.of(2), Value.of(3), Value.of(4)),
                new Value.Table(Map.of(Value.of("wp"), Value.texts(List.of("192.0.2.1")))),
                new Value.Group(new LinkedHashSet<>(Set.of(Value.of(7))))));
        values.add(Value.list(List.copyOf(values)));
        return Value.list(values);
    }

    @Test
    void write_everyKindOfValue_readsAsTheSame() throws PickleException {
        assertThat(Unpickler.read(Pickler.write(sample()))).isEqualTo(sample());
    }

    /** A tuple doubled nineteen times through the memo, and then put into a set a thousand times: 6 kB. */
    @Test
    void read_manySetsOfOneGreatTuple_isRefusedBeforeAllIsLookedThrough() {
        StringBuilder pickle = new StringBuilder("K\u0001q\u0000");
        for (int i = 0; i < 19; i++) {
            pickle.append("h")
                    .append((char) i)
                    .append("h")
                    .append((char) i)
                    .append("\u0086q")
                    .append((char) (i + 1));
        }
        pickle.append(("(h" + (char) 19 + "\u0091\u00850").repeat(1_000)).append("N.");

        assertThatThrownBy(() -> read(pickle.toString()))
                .isInstanceOf(PickleException.class)
                .hasMessageContaining("too large");
    }
}
