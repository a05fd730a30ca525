package headcache.verify.tla;

import headcache.cpu.CpuStep;
import headcache.memory.SlabStep;
import headcache.protocol.Head;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.verify.DriverStep;
import headcache.verify.scene.MachineWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A final state of the actors as TLC prints it: the parked heads of each CPU, partial pages and spare page numbers of
 * each node, the heads that each driver has kept.
 */
final class EndState {
    private final List<Step<?>> steps;
    private final SlabConfig config;

    private EndState(MachineWorld world, SlabConfig config) {
        this.steps = world.steps();
        this.config = config;
    }

    /** The state that {@code world} is in; each node has a slab of {@code config}. */
    static String of(MachineWorld world, SlabConfig config) {
        final EndState state = new EndState(world, config);
        final List<List<?>> parts = List.of(
                state.each(CpuStep.class, state::cache),
                state.each(SlabStep.class, state::slab),
                state.each(
                        DriverStep.class,
                        driver -> driver.skbs().stream()
                                .map(Skb::head)
                                .map(state::number)
                                .toList()));
        return parts.toString().replace("[", "<<").replace("]", ">>");
    }

    private <S> List<List<?>> each(Class<S> kind, Function<S, List<?>> text) {
        final List<List<?>> all = new ArrayList<>();
        steps.stream().filter(kind::isInstance).map(kind::cast).map(text).forEach(all::add);
        return all;
    }

    private List<Integer> cache(CpuStep cpu) {
        return IntStream.range(0, cpu.heads().count())
                .mapToObj(slot -> number(cpu.heads().head(slot)))
                .toList();
    }

    /** The number that the specification gives to {@code head}. */
    private int number(int head) {
        return Head.node(head) * config.pageLimit() * config.headsPerPage() + Head.index(head);
    }

    private List<?> slab(SlabStep step) {
        final NodeSlab slab = step.slab(SlabKind.HEAD);
        final int node =
                steps.stream().filter(SlabStep.class::isInstance).toList().indexOf(step);
        final StateBytes bytes = new StateBytes();
        slab.encode(bytes);
        final Numbers numbers = new Numbers(bytes.toArray());
        final int numbered = numbers.next();
        final List<Integer> spare = new ArrayList<>();
        numbers.list().forEach(page -> spare.add(0, page));
        IntStream.range(numbered, config.pageLimit()).forEach(spare::add);
        numbers.next(); // pages of the reserve: there are none
        final List<List<Integer>> partial = new ArrayList<>();
        for (final int page : numbers.list()) {
            final int first = number(Head.plain(node, page * config.headsPerPage()));
            partial.add(numbers.list().stream().map(slot -> first + slot).toList());
        }
        return List.of(partial, spare);
    }

    /** Reads what {@link StateBytes} wrote. */
    private static final class Numbers {
        private final byte[] bytes;
        private int at;

        Numbers(byte[] bytes) {
            this.bytes = bytes;
        }

        int next() {
            int value = 0;
            int shift = 0;
            do {
                value |= (bytes[at] & 0x7f) << shift;
                shift += 7;
            } while (bytes[at++] < 0);
            return value >>> 1 ^ -(value & 1);
        }

        /** As many numbers as the next one says. */
        List<Integer> list() {
            return IntStream.range(0, next()).mapToObj(i -> next()).toList();
        }
    }
}
