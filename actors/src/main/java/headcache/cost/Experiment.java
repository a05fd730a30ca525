package headcache.cost;

import java.util.List;
import java.util.stream.Stream;

/**
 * Measurements of one kind, with what the model says of each.
 *
 * @param name one word, for programs
 * @param title what was measured, on what
 * @param unit the unit of what was measured
 * @param modelUnit the unit of what the model says, the same unless only signs can be compared
 * @param method how the predictions are made, and what they were fitted to
 * @param sources where the measurements were published
 * @param predictions the figures, one row of measurements after the other
 */
public record Experiment(
        String name,
        String title,
        String unit,
        String modelUnit,
        String method,
        List<String> sources,
        List<Prediction> predictions) {

    /** Keeps the lists as they are now. */
    public Experiment {
        sources = List.copyOf(sources);
        predictions = List.copyOf(predictions);
    }

    /** The names of its rows of measurements, in order. */
    public List<String> series() {
        return predictions.stream().map(Prediction::series).distinct().toList();
    }

    /** What was measured, each once, in order. */
    public List<String> whats() {
        return predictions.stream().map(Prediction::what).distinct().toList();
    }

    /** The figure {@code what} of {@code series}, if there is one. */
    public Stream<Prediction> find(String series, String what) {
        return predictions.stream()
                .filter(one -> one.series().equals(series) && one.what().equals(what));
    }
}
