package headcache.verify.scene;

import headcache.machine.MachineConfig;
import headcache.verify.Command;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A small machine and what it is told to do, to be run under every interleaving.
 *
 * @param name what it is called on the command line
 * @param danger what can go wrong in it, in one sentence
 * @param machine the machine
 * @param scripts what each driver tells it; drivers know nothing of one another
 * @param audited whether an audit takes a cut through it
 */
public record Scene(String name, String danger, MachineConfig machine, List<List<Command>> scripts, Audited audited) {

    /** A scene without an audit. */
    public Scene(String name, String danger, MachineConfig machine, List<List<Command>> scripts) {
        this(name, danger, machine, scripts, Audited.NOT);
    }

    /** Whether an audit takes a cut, which may begin at any time. */
    public enum Audited {
        /** None does. */
        NOT,
        /** One does, and the actor that collects what is counted takes part. */
        COLLECTED,
        /**
         * One does, and what each actor counted is read where it is: in which order it would be collected makes no
         * difference, and there are many orders.
         */
        READ
    }

    /** This scene with an audit, or without. */
    public Scene with(Audited other) {
        return new Scene(name, danger, machine, scripts, other);
    }

    /** This scene on another machine. */
    public Scene on(MachineConfig other) {
        return new Scene(name, danger, other, scripts, audited);
    }

    /** Which commands there are: for each driver the places of all of them. */
    public List<List<Integer>> places() {
        return scripts.stream()
                .map(script -> IntStream.range(0, script.size()).boxed().toList())
                .toList();
    }

    /**
     * This scene with only the commands at {@code places}.
     *
     * @throws IndexOutOfBoundsException if there is no such place
     */
    public Scene keeping(List<List<Integer>> places) {
        final List<List<Command>> kept = IntStream.range(0, scripts.size())
                .mapToObj(driver -> places.get(driver).stream()
                        .map(place -> scripts.get(driver).get(place))
                        .toList())
                .toList();
        return new Scene(name, danger, machine, kept, audited);
    }

    /** What the drivers tell the machine, a line for each command. */
    public List<String> commands() {
        return IntStream.range(0, scripts.size())
                .boxed()
                .flatMap(
                        driver -> scripts.get(driver).stream().map(command -> "driver-" + driver + " tells " + command))
                .toList();
    }
}
