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
