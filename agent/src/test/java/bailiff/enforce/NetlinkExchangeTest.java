package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is made of answers that a kernel gives, or should not give. */
@Timeout(60)
class NetlinkExchangeTest {

    private final FakeChannel channel = new FakeChannel();
    private final List<FakeChannel> opened = new ArrayList<>();
    private final NetlinkExchange exchange = new NetlinkExchange(() -> {
        opened.add(channel);
        return channel;
    });

    @Test
    void transact_acknowledged_isDone() throws IOException {
        channel.script = sequence -> error(sequence, 0, "");

        assertThat(exchange.transact(NetlinkExchangeTest::question)).isEmpty();
        assertThat(exchange.transact(NetlinkExchangeTest::question)).isEmpty();
        assertThat(opened).hasSize(1);
    }

    @Test
    void transact_complaintBesideTheAcknowledgement_isRefusedInTheKernelsWords() throws IOException {
        channel.script = sequence -> join(error(sequence, 28, "Set\u001b[31m is full"), error(sequence, 0, ""));

        assertThat(exchange.transact(NetlinkExchangeTest::question))
                .hasValueSatisfying(
                        refusal -> assertThat(refusal.why()).isEqualTo("Error: error 28 (Set?[31m is full)"));
    }

    @Test
    void transact_answersToSomethingElse_areNotTakenForOurs() {
        channel.script = sequence -> error(sequence + 1, 0, "");

        assertThatThrownBy(() -> exchange.transact(NetlinkExchangeTest::question))
                .isInstanceOf(IOException.class)
                .hasMessage("the kernel did not answer");
    }

    @Test
    void transact_noAnswer_closesTheChannelAndTheNextOneOpensAnother() throws IOException {
        assertThatThrownBy(() -> exchange.transact(NetlinkExchangeTest::question))
                .isInstanceOf(IOException.class);
        assertThat(channel.closed).isTrue();

        channel.script = sequence -> error(sequence, 0, "");
        assertThat(exchange.transact(NetlinkExchangeTest::question)).isEmpty();

        assertThat(opened).hasSize(2);
    }

    @Test
    void transact_moreComplaintsThanTheSocketHolds_isRefused() throws IOException {
        channel.overrun = true;
        channel.script = sequence -> error(sequence, 0, "");

        assertThat(exchange.transact(NetlinkExchangeTest::question)).contains(NetlinkRefusal.TOO_MANY);
        assertThat(channel.closed).isFalse();
    }

    @Test
    void transact_moreThanTheSocketSends_isRefused() throws IOException {
        channel.tooLong = true;

        assertThat(exchange.transact(NetlinkExchangeTest::question)).contains(NetlinkRefusal.TOO_LONG);
    }

    @Test
    void list_flaggedOrOfTwoGenerations_isInterrupted() throws IOException {
        channel.script = sequence -> message(NetlinkWire.DONE, NetlinkWire.DUMP_INTERRUPTED, sequence, new byte[4]);
        assertThat(exchange.list(NetlinkWire.NEW_SET, NetlinkExchangeTest::question, (bytes, from, end) -> {}))
                .contains(NetlinkRefusal.INTERRUPTED);

        channel.script = sequence -> join(
                message(NetlinkWire.NEW_SET, 0, sequence, new byte[] {1, 0, 0, 7}),
                message(NetlinkWire.NEW_SET, 0, sequence, new byte[] {1, 0, 0, 8}),
                message(NetlinkWire.DONE, 0, sequence, new byte[4]));
        assertThat(exchange.list(NetlinkWire.NEW_SET, NetlinkExchangeTest::question, (bytes, from, end) -> {}))
                .contains(NetlinkRefusal.INTERRUPTED);
    }

    @Test
    void read_neverTwiceTheSame_isAFailureAfterSomeAttempts() {
        int[] attempts = {0};
        channel.script = sequence -> message(NetlinkWire.DONE, NetlinkWire.DUMP_INTERRUPTED, sequence, new byte[4]);

        assertThatThrownBy(() -> exchange.read(
                        NetlinkWire.NEW_SET,
                        NetlinkExchangeTest::question,
                        () -> attempts[0]++,
                        (bytes, from, end) -> {}))
                .isInstanceOf(FirewallException.class)
                .hasMessage("Error: Interrupted system call");
        assertThat(attempts[0]).isEqualTo(10);
    }

    @Test
    void read_listThatIsLongAndNeverTwiceTheSame_endsWithinAMinute() {
        long[] nanos = {0};
        int[] attempts = {0};
        NetlinkExchange slow = new NetlinkExchange(
                () -> channel, () -> nanos[0] += Duration.ofSeconds(20).toNanos());
        channel.script = sequence -> message(NetlinkWire.DONE, NetlinkWire.DUMP_INTERRUPTED, sequence, new byte[4]);

        assertThatThrownBy(() -> slow.read(
                        NetlinkWire.NEW_SET,
                        NetlinkExchangeTest::question,
                        () -> attempts[0]++,
                        (bytes, from, end) -> {}))
                .isInstanceOf(FirewallException.class)
                .hasMessage("Error: Connection timed out");
        assertThat(attempts[0]).isEqualTo(3);
    }

    @Test
    void read_nothingThere_isAnEmptyList() throws Exception {
        channel.script = sequence -> error(sequence, 2, "");

        exchange.read(NetlinkWire.NEW_SET, NetlinkExchangeTest::question, () -> {}, (bytes, from, end) -> {
            throw new AssertionError("nothing is there");
        });
    }

    @Test
    void anything_garbage_isAnAnswerOrAFailureAndNothingElse() {
        int failures = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            FakeChannel garbage = new FakeChannel();
            garbage.answersEach = random.nextInt(4);
            garbage.script = sequence -> garbage(sequence, random);
            NetlinkTable table = new NetlinkTable(() -> garbage);
            try {
                ask(table, seed % 5);
            } catch (IOException | FirewallException e) {
                failures++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(failures).isGreaterThan(1_000);
    }

    private static void question(NetlinkWriter to) {
        to.begin(NetlinkWire.GET_SET, NetlinkWire.DUMP);
        to.text(NetlinkWire.TABLE, "bailiff");
        to.end();
    }

    private static void ask(NetlinkTable table, int what) throws IOException, FirewallException {
        switch (what) {
            case 0 -> table.sets().sets();
            case 1 -> table.sets().strays(new Places(0, 1), false, (jail, subject) -> {});
            case 2 -> table.fences().rules();
            case 3 -> table.sets().hasTable();
            default -> table.fences().lower();
        }
    }

    /** Messages that are right but for a few bytes, or but for their end. */
    private static byte[] garbage(int sequence, SplittableRandom random) {
        byte[] answer = new byte[0];
        for (int i = random.nextInt(4); i >= 0; i--) {
            byte[] body = new byte[4 + random.nextInt(20) * 4];
            random.nextBytes(body);
            if (body.length >= 24) {
                System.arraycopy(set(), 0, body, 4, Math.min(body.length - 4, set().length));
            }
            int[] types = {
                NetlinkWire.NEW_SET, NetlinkWire.NEW_ELEMENT, NetlinkWire.NEW_RULE, NetlinkWire.DONE, NetlinkWire.ERROR
            };
            int flags = random.nextInt(4) == 0 ? random.nextInt(0x1_0000) : 0;
            answer = join(answer, message(types[random.nextInt(types.length)], flags, sequence, body));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            answer[random.nextInt(answer.length)] = (byte) random.nextInt();
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(answer, random.nextInt(answer.length)) : answer;
    }

    private static byte[] set() {
        NetlinkWriter writer = new NetlinkWriter();
        writer.text(NetlinkWire.TABLE, "bailiff");
        writer.text(NetlinkWire.SET_NAME, "web-ip4");
        int list = writer.open(NetlinkWire.ELEMENTS);
        int member = writer.open(NetlinkWire.LIST_ITEM);
        int key = writer.open(NetlinkWire.KEY);
        writer.number32(NetlinkWire.VALUE, 0x0a00_0001);
        writer.close(key);
        writer.close(member);
        writer.close(list);
        return Arrays.copyOf(writer.bytes(), writer.size());
    }

    private static byte[] error(int sequence, int code, String words) {
        NetlinkWriter writer = new NetlinkWriter();
        if (!words.isEmpty()) {
            writer.text(NetlinkWire.ERROR_WORDS, words);
        }
        byte[] number = new byte[4];
        NetlinkWire.put32(number, 0, -code);
        byte[] quoted = message(NetlinkWire.NEW_SET, 0, sequence, new byte[0]);
        int flags = NetlinkWire.CAPPED | (words.isEmpty() ? 0 : NetlinkWire.WITH_WORDS);
        byte[] tail = Arrays.copyOf(writer.bytes(), writer.size());
        return message(NetlinkWire.ERROR, flags, sequence, join(number, quoted, tail));
    }

    private static byte[] message(int type, int flags, int sequence, byte[] body) {
        byte[] message = new byte[NetlinkWire.HEADER + body.length];
        NetlinkWire.put32(message, 0, message.length);
        NetlinkWire.put16(message, 4, type);
        NetlinkWire.put16(message, 6, flags);
        NetlinkWire.put32(message, 8, sequence);
        System.arraycopy(body, 0, message, NetlinkWire.HEADER, body.length);
        return message;
    }

    private static byte[] join(byte[]... parts) {
        byte[] whole =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
