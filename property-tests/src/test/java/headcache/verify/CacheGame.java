package headcache.verify;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.step.HeadMisuse;
import headcache.step.StateBytes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * A head cache and a naive one, side by side in the hands of one CPU, which plays a script of numbers on
 * both and notes what each did. Whatever numbers the script has, it is a correct use, but for the misuses
 * that it plays on purpose.
 */
final class CacheGame {
    /** What a script can ask for; each number stands for one of them. */
    enum Move {
        GET,
        PUT,
        PUT_PARKED,
        PUT_PAIR,
        REFILL_PARKED,
        USE,
        DRAIN
    }

    /**
     * What one side did in one move.
     *
     * @param left the heads that left it, in order
     * @param recycled which gets were served by recycled heads
     * @param alarms the misuses it noticed, or has to notice
     * @param kept what is parked in it after the move, oldest first
     */
    record Side(List<Integer> left, List<Boolean> recycled, List<HeadMisuse.Rule> alarms, List<Integer> kept) {}

    /**
     * One move of a script.
     *
     * @param cache what the head cache did
     * @param naive what the naive one did
     * @param lowest the smallest count of the head cache after an operation of the move
     * @param highest the largest one, spills done
     */
    record Turn(Move move, Side cache, Side naive, int lowest, int highest) {}

    private static final Move[] MOVES = {
        Move.GET, Move.GET, Move.GET, Move.GET, Move.PUT, Move.PUT, Move.PUT, Move.PUT,
        Move.GET, Move.PUT, Move.PUT_PARKED, Move.PUT_PAIR, Move.REFILL_PARKED, Move.USE, Move.USE, Move.DRAIN
    };

    /** Numbers of a script are below this. */
    static final int NUMBERS = MOVES.length * 48;

    private final CachePolicy policy;
    private final HeadCache cache;
    private final NaiveCache naive;
    private final List<Integer> atSlab;
    private final List<Integer> inUse;
    private int born;

    CacheGame(CachePolicy policy) {
        this(policy, new ArrayStackCache(policy, new CpuId(0)), new NaiveCache(policy), List.of(), List.of(), 0);
    }

    private CacheGame(
            CachePolicy policy,
            HeadCache cache,
            NaiveCache naive,
            List<Integer> atSlab,
            List<Integer> inUse,
            int born) {
        this.policy = policy;
        this.cache = cache;
        this.naive = naive;
        this.atSlab = new ArrayList<>(atSlab);
        this.inUse = new ArrayList<>(inUse);
        this.born = born;
    }

    CacheGame copy() {
        return new CacheGame(policy, cache.copy(), naive.copy(), atSlab, inUse, born);
    }

    HeadCache cache() {
        return cache;
    }

    byte[] encoded() {
        final StateBytes bytes = new StateBytes();
        cache.encode(bytes);
        return bytes.toArray();
    }

    /** The heads in the cache, oldest first. */
    List<Integer> parked() {
        return IntStream.range(0, cache.count()).mapToObj(cache::head).toList();
    }

    List<Turn> play(int[] script) {
        final List<Turn> turns = new ArrayList<>();
        for (final int number : script) {
            turns.add(new TurnPlay(MOVES[number % MOVES.length], number / MOVES.length).play());
        }
        return turns;
    }

    /** One turn while it is played. */
    private final class TurnPlay {
        private final Move move;
        private final int choice;
        private final List<Integer> left = new ArrayList<>();
        private final List<Integer> naiveLeft = new ArrayList<>();
        private final List<Boolean> recycled = new ArrayList<>();
        private final List<Boolean> naiveRecycled = new ArrayList<>();
        private final List<HeadMisuse.Rule> alarms = new ArrayList<>();
        private final List<HeadMisuse.Rule> dueAlarms = new ArrayList<>();
        private int lowest = cache.count();
        private int highest = cache.count();

        TurnPlay(Move move, int choice) {
            this.move = move;
            this.choice = choice;
        }

        Turn play() {
            final int times = move == Move.GET || move == Move.PUT ? choice + 1 : 1;
            for (int i = 0; i < times; i++) {
                try {
                    once(i);
                } catch (HeadMisuse misuse) {
                    alarms.add(misuse.rule());
                }
                lowest = Math.min(lowest, cache.count());
                highest = Math.max(highest, cache.count());
            }
            return new Turn(
                    move,
                    new Side(left, recycled, alarms, parked()),
                    new Side(naiveLeft, naiveRecycled, dueAlarms, List.copyOf(naive.heads())),
                    lowest,
                    highest);
        }

        private void once(int i) {
            switch (move) {
                case GET -> get(i);
                case PUT -> put(pick(inUse, i));
                case PUT_PARKED -> misuseParked(HeadMisuse.Rule.DOUBLE_FREE, cache::push);
                case REFILL_PARKED -> misuseParked(HeadMisuse.Rule.DOUBLE_FREE, head -> cache.refill(new int[] {head}));
                case PUT_PAIR -> {
                    dueAlarms.add(HeadMisuse.Rule.WRONG_SLAB);
                    cache.push(Head.fclone(0, choice));
                }
                case USE -> use();
                case DRAIN -> drain();
            }
        }

        private void get(int i) {
            if (naive.heads().isEmpty()) {
                refill(i);
            }
            if (naive.heads().isEmpty()) {
                return;
            }
            recycled.add(cache.isRecycled(cache.count() - 1));
            naiveRecycled.add(naive.isRecycled(naive.heads().size() - 1));
            final int head = naive.get();
            naiveLeft.add(head);
            inUse.add(head);
            left.add(cache.pop());
        }

        /** One in eight delivers nothing. */
        private void refill(int i) {
            if ((choice + i) % 8 == 7) {
                cache.refill(new int[0]);
                return;
            }
            final int[] heads = IntStream.range(0, cache.refillSize())
                    .map(n -> pick(atSlab, i + 7 * n))
                    .toArray();
            naive.refill(IntStream.of(heads).boxed().toList());
            cache.refill(heads);
        }

        private void put(int head) {
            final List<Integer> spilled = naive.put(head);
            naiveLeft.addAll(spilled);
            atSlab.addAll(spilled);
            cache.push(head);
            if (cache.isFull()) {
                IntStream.of(cache.takeSpill()).forEach(left::add);
            }
        }

        private void misuseParked(HeadMisuse.Rule due, IntConsumer misuse) {
            final List<Integer> heads = naive.heads();
            if (!heads.isEmpty() && cache.count() < cache.capacity()) {
                dueAlarms.add(due);
                misuse.accept(heads.get(choice % heads.size()));
            }
        }

        /** Uses every head there is, or one that there never was. */
        private void use() {
            final List<Integer> all = new ArrayList<>(naive.heads());
            all.addAll(inUse);
            all.addAll(atSlab);
            all.add(name(born + choice));
            for (final int head : all) {
                if (naive.heads().contains(head)) {
                    dueAlarms.add(HeadMisuse.Rule.USE_AFTER_FREE);
                }
                try {
                    cache.checkInUse(head, "use");
                } catch (HeadMisuse misuse) {
                    alarms.add(misuse.rule());
                }
            }
        }

        private void drain() {
            naiveLeft.addAll(naive.drain());
            atSlab.addAll(naiveLeft);
            IntStream.of(cache.takeAll()).forEach(left::add);
        }

        /** Takes a head out of {@code heads}, or makes one if there is none. */
        private int pick(List<Integer> heads, int i) {
            return heads.isEmpty() ? name(born++) : heads.remove((choice + i) % heads.size());
        }

        private int name(int number) {
            return Head.plain(number % 3, number / 3);
        }
    }
}
