package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TableTest {

    private final Table table = new Table("name", "what").row("a", "plain").row("long,er", "with \"quotes\"");

    @Test
    void alignsColumnsForPeople() {
        assertThat(printed(Format.TABLE).lines())
                .containsExactly("name     what", "a        plain", "long,er  with \"quotes\"");
    }

    @Test
    void alignsNumbersRight() {
        final StringWriter text = new StringWriter();
        new Table("cpu", "gets", "hit rate", "note")
                .row("cpu-0", "6,791", "~58.8%", "7")
                .row("cpu-10", "-", "100%", "")
                .row("all", "12", "-0.5", "seven")
                .print(Format.TABLE, new PrintWriter(text));
        assertThat(text.toString().lines())
                .containsExactly(
                        "cpu      gets  hit rate  note",
                        "cpu-0   6,791    ~58.8%  7",
                        "cpu-10      -      100%",
                        "all        12      -0.5  seven");
    }

    @Test
    void wrapsTheLastColumnAtTheWidthOfATerminal() {
        final StringWriter text = new StringWriter();
        new Table("name", "what")
                .wrapping()
                .row("a".repeat(30), "word ".repeat(20).strip())
                .row("b", "short")
                .print(Format.TABLE, new PrintWriter(text));
        assertThat(text.toString().lines())
                .containsExactly(
                        "name                            what",
                        "a".repeat(30) + "  " + "word ".repeat(13).strip(),
                        " ".repeat(32) + "word ".repeat(7).strip(),
                        "b                               short")
                .allMatch(line -> line.length() <= 100);
    }

    @Test
    void wrapsNothingUnlessAsked() {
        final StringWriter text = new StringWriter();
        new Table("what").row("word ".repeat(50).strip()).print(Format.TABLE, new PrintWriter(text));
        assertThat(text.toString().lines())
                .containsExactly("what", "word ".repeat(50).strip());
    }

    @Test
    void showsOtherColumnsWhole() {
        final StringWriter text = new StringWriter();
        new Table("name", "n").wrapping().row("x".repeat(500), "1").print(Format.TABLE, new PrintWriter(text));
        assertThat(text.toString().lines()).containsExactly("name" + " ".repeat(498) + "n", "x".repeat(500) + "  1");
    }

    @Test
    void quotesInCsvOnlyWhereNeeded() {
        assertThat(printed(Format.CSV).lines())
                .containsExactly("name,what", "a,plain", "\"long,er\",\"with \"\"quotes\"\"\"");
    }

    @Test
    void namesFieldsInJson() {
        assertThat(printed(Format.JSON).replaceAll("\\s+", " ").strip())
                .isEqualTo("[ { \"name\" : \"a\", \"what\" : \"plain\" },"
                        + " { \"name\" : \"long,er\", \"what\" : \"with \\\"quotes\\\"\" } ]");
    }

    @Test
    void refusesRowOfAnotherWidth() {
        assertThatThrownBy(() -> table.row("alone"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cells=1, columns=2");
    }

    private String printed(final Format format) {
        final StringWriter text = new StringWriter();
        table.print(format, new PrintWriter(text));
        return text.toString();
    }
}
