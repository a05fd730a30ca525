package headcache.verify;

import headcache.protocol.NodeId;
import headcache.protocol.SlabKind;
import headcache.slab.NodeSlab;
import headcache.slab.SlabConfig;
import headcache.step.HeadMisuse;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The slab of node 0 and a naive one, side by side, and a script of numbers played on both. Whatever numbers the
 * script has, it is a correct use, but for the second frees that it plays on purpose.
 */
final class SlabGame {
    /** What a script can ask for. */
    enum Move {
        TAKE_PARTIAL,
        TAKE_BEYOND_MINIMUM,
        TAKE_NEW,
        TAKE_ENTITLED,
        TAKE_RESERVE,
        FREE,
        BULK_FREE,
        FREE_AGAIN
    }

    /**
     * What one side did in one move.
     *
     * @param heads the heads it handed out, in order
     * @param operations synchronised operations of a bulk free
     * @param pages pages afterwards
     * @param reservePages those of them from the reserve
     * @param partialPages pages on the partial list
     * @param freeHeads free heads
     */
    record Side(List<Integer> heads, int operations, int pages, int reservePages, int partialPages, int freeHeads) {}

    /**
     * One move.
     *
     * @param freed the heads it gave back, in order
     * @param out the heads that are out afterwards
     * @param fromReserve whether a head that was handed out is on a page of the reserve
     * @param alarms second frees that the slab noticed
     */
    record Turn(
            Move move,
            Side slab,
            Side naive,
            List<Integer> freed,
            List<Integer> out,
            boolean fromReserve,
            List<HeadMisuse.Rule> alarms) {}

    private static final Move[] MOVES = {
        Move.TAKE_PARTIAL, Move.TAKE_PARTIAL, Move.TAKE_NEW, Move.TAKE_NEW, Move.TAKE_NEW, Move.TAKE_BEYOND_MINIMUM,
        Move.TAKE_ENTITLED, Move.TAKE_RESERVE, Move.FREE, Move.FREE, Move.FREE, Move.FREE,
        Move.BULK_FREE, Move.BULK_FREE, Move.BULK_FREE, Move.FREE_AGAIN
    };

    private static final int CHOICES = 101;

    /** Numbers of a script are below this. */
    static final int NUMBERS = MOVES.length * CHOICES;

    private final SlabConfig config;
    private final NodeSlab slab;
    private final NaiveSlab naive;
    private final List<Integer> out;

    SlabGame(SlabConfig config) {
        this(config, new NodeSlab(new NodeId(0), SlabKind.HEAD, config), new NaiveSlab(config), List.of());
    }

    private SlabGame(SlabConfig config, NodeSlab slab, NaiveSlab naive, List<Integer> out) {
        this.config = config;
        this.slab = slab;
        this.naive = naive;
        this.out = new ArrayList<>(out);
    }

    SlabGame copy() {
        return new SlabGame(config, slab.copy(), naive.copy(), out);
    }

    NodeSlab slab() {
        return slab;
    }

    byte[] encoded() {
        final StateBytes bytes = new StateBytes();
        slab.encode(bytes);
        return bytes.toArray();
    }

    List<Turn> play(int[] script) {
        final List<Turn> turns = new ArrayList<>();
        for (final int number : script) {
            turns.add(play(MOVES[number % MOVES.length], number / MOVES.length));
        }
        return turns;
    }

    /** Gives back {@code head}, which is out. */
    void free(int head) {
        free(Move.FREE, List.of(head));
    }

    private Turn play(Move move, int choice) {
        return switch (move) {
            case FREE -> free(move, picks(1, choice));
            case BULK_FREE -> free(move, picks(choice % 40, choice));
            case FREE_AGAIN -> freeAgain(choice);
            default -> take(move, 1 + choice % (2 * config.headsPerPage() + 1));
        };
    }

    private Turn take(Move move, int want) {
        final int[] into = new int[want];
        final int taken = switch (move) {
            case TAKE_PARTIAL -> slab.takePartial(into, 0, want, false);
            case TAKE_BEYOND_MINIMUM -> slab.takeBeyondMinimum(into, 0, want);
            case TAKE_NEW -> slab.takeNew(into, 0, want);
            case TAKE_ENTITLED -> slab.takePartial(into, 0, want, true);
            default -> slab.takeReserve(into, 0);
        };
        final List<Integer> expected = switch (move) {
            case TAKE_PARTIAL -> naive.takePartial(want, false);
            case TAKE_BEYOND_MINIMUM -> naive.takeBeyondMinimum(want);
            case TAKE_NEW -> naive.takeNew(want);
            case TAKE_ENTITLED -> naive.takePartial(want, true);
            default -> naive.takeReserve();
        };
        final List<Integer> heads = Arrays.stream(into, 0, taken).boxed().toList();
        out.addAll(heads);
        return turn(move, heads, expected, 0, 0, List.of(), List.of());
    }

    private Turn free(Move move, List<Integer> heads) {
        out.removeAll(heads);
        final int expected = naive.free(heads);
        final int operations;
        if (move == Move.BULK_FREE) {
            operations =
                    slab.bulkFree(heads.stream().mapToInt(Integer::intValue).toArray());
        } else {
            heads.forEach(slab::free);
            operations = heads.size();
        }
        return turn(move, List.of(), List.of(), operations, expected, heads, List.of());
    }

    private Turn freeAgain(int choice) {
        final List<HeadMisuse.Rule> alarms = new ArrayList<>();
        try {
            slab.mustBeOut(choice);
        } catch (HeadMisuse misuse) {
            alarms.add(misuse.rule());
        }
        return turn(Move.FREE_AGAIN, List.of(), List.of(), 0, 0, List.of(choice), alarms);
    }

    private Turn turn(
            Move move,
            List<Integer> heads,
            List<Integer> expected,
            int operations,
            int expectedOperations,
            List<Integer> freed,
            List<HeadMisuse.Rule> alarms) {
        return new Turn(
                move,
                new Side(heads, operations, slab.pages(), slab.reservePages(), slab.partialPages(), slab.freeHeads()),
                new Side(
                        expected,
                        expectedOperations,
                        naive.pages(),
                        naive.reservePages(),
                        naive.partialPages(),
                        naive.freeHeads()),
                freed,
                List.copyOf(out),
                heads.stream().anyMatch(naive::isReserve),
                alarms);
    }

    /** At most {@code count} different heads that are out, in an order that {@code choice} decides. */
    private List<Integer> picks(int count, int choice) {
        final List<Integer> left = new ArrayList<>(out);
        final List<Integer> picked = new ArrayList<>();
        while (picked.size() < count && !left.isEmpty()) {
            picked.add(left.remove((choice + 7 * picked.size()) % left.size()));
        }
        return picked;
    }
}
