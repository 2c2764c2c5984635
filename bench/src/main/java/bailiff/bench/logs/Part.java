package bailiff.bench.logs;

import java.nio.charset.StandardCharsets;

/** Writes a piece of a line, which may depend on the dice. */
@FunctionalInterface
interface Part {

    void write(LineBytes line, Dice dice);

    /** Always the same. */
    static Part text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return (line, _) -> line.add(bytes);
    }

    /** One of these, each as likely as the others. */
    static Part oneOf(String... texts) {
        byte[][] choices = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            choices[i] = texts[i].getBytes(StandardCharsets.UTF_8);
        }
        return (line, dice) -> line.add(choices[dice.below(choices.length)]);
    }

    /** A number from the least to below the bound. */
    static Part number(int least, int bound) {
        return (line, dice) -> line.number(least + dice.below(bound - least));
    }

    /** So many hexadecimal digits, at most 16. */
    static Part hex(int digits) {
        return (line, dice) -> line.hex(dice.next(), digits);
    }

    /** An address out of 198.18.0.0/15, which is set aside for benchmarks (RFC 2544). */
    static Part visitor() {
        return (line, dice) -> line.address(0xC612_0000 | (int) (dice.next() >>> 47));
    }
}
