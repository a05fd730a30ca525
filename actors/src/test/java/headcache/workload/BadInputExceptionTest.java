package headcache.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class BadInputExceptionTest {

    @Test
    void namesFileLineFaultAndFacts() {
        assertThat(new BadInputException("a.csv.gz", 17, "head is already parked", "cpu", 1, "head", 42))
                .hasMessage("a.csv.gz:17: head is already parked, cpu=1, head=42");
    }

    @Test
    void leavesOutTheLineWhereThereIsNone() {
        assertThat(new BadInputException("a.csv.gz", 0, "not a gzip file")).hasMessage("a.csv.gz: not a gzip file");
    }

    @Test
    void refusesKeyWithoutValue() {
        assertThatThrownBy(() -> new BadInputException("a", 1, "b", "key"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a key without its value: facts=1");
    }
}
