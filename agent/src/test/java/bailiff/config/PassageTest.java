package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassageTest {

    private static final Place HERE = new Place("here", 1, "s", "o");
    private static final Place THERE = new Place("there", 9, "s", "p");

    @Test
    void append_insideALine_leavesTheLineToItsOwnText() {
        Passage.Builder joined = new Passage.Builder(HERE);
        joined.append(Passage.of("^", HERE), 0);
        joined.append(Passage.of("prefix", THERE), 1);
        joined.append(Passage.of("text", HERE), 0);

        assertThat(joined.build().text()).isEqualTo("^prefixtext");
        assertThat(joined.build().place()).isEqualTo(HERE);
    }

    @Test
    void append_deeperTextFirst_isOutdoneByTheNearer() {
        Passage.Builder joined = new Passage.Builder(HERE);
        joined.append(Passage.of("prefix", THERE), 1);
        joined.append(Passage.of("text", HERE), 0);

        assertThat(joined.build().place()).isEqualTo(HERE);
    }

    @Test
    void append_wholeLines_keepsTheirOwnPlaces() {
        Passage.Builder joined = new Passage.Builder(HERE);
        joined.append(Passage.of("one\ntwo", THERE), 1);
        joined.append(Passage.of(" more\nthree", HERE), 0);

        assertThat(joined.build().lines()).hasToString("[one, two more, three]");
        assertThat(joined.build().lines()).extracting(Passage::place).containsExactly(THERE, HERE, HERE);
    }

    @Test
    void append_part_takesThatPartsLine() {
        Passage two = Passage.of("one\ntwo\nthree", THERE);
        Passage.Builder joined = new Passage.Builder(HERE);
        joined.append(two, 4, 7, 0);

        assertThat(joined.build().text()).isEqualTo("two");
    }

    @Test
    void place_valueThatBeginsWithABlankLine_isThatOfItsFirstWord() {
        Passage.Builder value = new Passage.Builder(HERE);
        value.newLine(HERE.atLine(2));
        value.newLine(HERE.atLine(3));
        value.append("word", HERE.atLine(3));

        assertThat(value.build().place()).isEqualTo(HERE.atLine(3));
    }

    @Test
    void words_areSplitAtBlanksCommasAndLineBreaks() {
        assertThat(Passage.of(" a, b\n,c,,d ", HERE).words()).containsExactly("a", "b", "c", "d");
    }
}
