package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void print_cellsOfSeveralWidths_standInColumnsWithoutTrailingBlanks() {
        Table table = new Table("IP", "JAIL");
        table.row("203.0.113.9", "web");
        table.row("::1", "x");
        StringWriter out = new StringWriter();

        table.print(new PrintWriter(out));

        assertThat(out.toString().lines()).containsExactly("IP           JAIL", "203.0.113.9  web", "::1          x");
    }
}
