package headcache.verify.scene;

import headcache.kit.shrink.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A scene with some of its commands. Its parts are the commands; its machine stays as it is.
 *
 * @param whole the scene with all commands
 * @param kept for each driver, the places of the commands that are given
 */
public record SceneCase(Scene whole, List<List<Integer>> kept) implements Case<SceneCase> {

    /** All of {@code scene}. */
    public static SceneCase of(Scene scene) {
        return new SceneCase(scene, scene.places());
    }

    /** The scene with the commands that are given. */
    public Scene scene() {
        return whole.keeping(kept);
    }

    @Override
    public List<SceneCase> smaller() {
        return IntStream.range(0, kept.size())
                .boxed()
                .flatMap(driver ->
                        IntStream.range(0, kept.get(driver).size()).mapToObj(command -> without(driver, command)))
                .toList();
    }

    @Override
    public long size() {
        return kept.stream().mapToInt(List::size).sum();
    }

    private SceneCase without(int driver, int command) {
        final List<List<Integer>> fewer = new ArrayList<>(kept);
        final List<Integer> script = new ArrayList<>(kept.get(driver));
        script.remove(command);
        fewer.set(driver, List.copyOf(script));
        return new SceneCase(whole, List.copyOf(fewer));
    }
}
