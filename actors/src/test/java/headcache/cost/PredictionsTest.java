package headcache.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import headcache.cost.Prediction.Outcome;
import headcache.cost.Prediction.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionsTest {

    @ParameterizedTest
    @CsvSource({
        "100, 100, 115, PREDICTED, RIGHT",
        "100, 100, 116, PREDICTED, TOO_LARGE",
        "100, 100, 84, PREDICTED, TOO_SMALL",
        "35, 70, 69, PREDICTED, RIGHT",
        "35, 70, 30, PREDICTED, RIGHT",
        "35, 70, 29, PREDICTED, TOO_SMALL",
        "35, 70, 81, PREDICTED, TOO_LARGE",
        "-Infinity, -20, -25, PREDICTED, RIGHT",
        "-Infinity, -20, -16, PREDICTED, TOO_SMALL",
        "-Infinity, -20, 3, PREDICTED, WRONG_SIGN",
        "-10, -10, 0, PREDICTED, NO_EFFECT",
        "-10, -10, -20, PREDICTED, TOO_LARGE",
        "-10, -10, 10, SIGN, WRONG_SIGN",
        "-10, -10, -900, SIGN, RIGHT",
        "-Infinity, -4.9E-324, -0.3, SIGN, RIGHT",
        "-Infinity, -4.9E-324, 0.3, SIGN, WRONG_SIGN",
        "10, 10, 99, FITTED, FITTED"
    })
    void shouldTellHowAPredictionCameOut(double least, double most, double predicted, Role role, Outcome outcome) {
        assertThat(new Prediction("", "", new Measured(least, most), predicted, role).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void shouldWriteWhatWasMeasuredAsPeopleDo() {
        assertThat(List.of(
                        Measured.of(34),
                        Measured.of(0.9),
                        Measured.between(35, 70),
                        Measured.atLeast(20),
                        Measured.atLeast(-20),
                        Measured.worse()))
                .hasToString("[34, 0.9, 35..70, 20 or more, -20 or less, worse]");
    }

    /** The two cells of 64 are 49 and 20: 64 * 49 = 992 + 32 foreign + change, 64 * 20 = 992 + foreign + change. */
    @Test
    void shouldFitPageChangesToTwoCells() {
        final SlabCurves curves = new SlabCurves();

        assertThat(curves.foreign()).isCloseTo((64 * 49 - 64 * 20) / 31.0, within(1e-9));
        assertThat(curves.change()).isCloseTo(64 * 20 - 992 - curves.foreign(), within(1e-9));
    }

    /** What was fitted must come out as it was measured, or it was not fitted. */
    @Test
    void shouldReturnWhatTheBoardWasFittedTo() {
        assertThat(new Board().experiment().predictions().stream().filter(one -> one.role() == Role.FITTED))
                .hasSize(5)
                .allSatisfy(one ->
                        assertThat(one.predicted()).isCloseTo(one.measured().least(), within(1e-6)));
    }
}
