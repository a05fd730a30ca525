package headcache.verify.scene;

import headcache.audit.AuditedStep;
import headcache.cpu.CpuStep;
import headcache.kit.state.Law;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.protocol.Via;
import headcache.skb.Carried;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import headcache.step.HeadTaker;
import headcache.step.Step;
import headcache.verify.DriverStep;
import headcache.verify.Invariant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Conservation (I1) and one place (I2) at every state, for all actors at once: the heads in slabs, caches and messages,
 * those of skbs, and those that a suspended CPU or a task has in hand are together all heads there are, each once.
 *
 * <p>One place is asked of plain heads in caches, in messages and with drivers by name; conservation of all heads, by a
 * sum that tells which they are.
 */
public final class Conservation implements Law<Step<?>, Message, Conservation.Part> {

    /**
     * What one actor and the messages to it contribute.
     *
     * @param heads the plain heads that can be seen one by one
     * @param all heads on its pages, for a slab
     * @param found heads that it has or is about to get, free ones of its pages included
     */
    public record Part(int[] heads, HeadSums all, HeadSums found) {}

    @Override
    public Part part(int actor, Step<?> state, SortedMap<Integer, List<Message>> inbox) {
        final HeadCount count = HeadCount.nothing();
        state.count(count);
        final HeadSums found = new HeadSums();
        found.add(count.inSlab());
        found.add(count.inCache());
        found.add(count.inUse());
        final PlainHeads plain = new PlainHeads();
        held(within(state), plain);
        for (final List<Message> letters : inbox.values()) {
            for (final Message letter : letters) {
                final Message carrying = letter instanceof Via via ? via.message() : letter;
                Carried.each(carrying, found);
                Carried.each(carrying, plain);
            }
        }
        return new Part(plain.seen(), count.all(), found);
    }

    /** The step that does the work, in an actor that takes part in an audit. */
    private static Step<?> within(Step<?> state) {
        return state instanceof AuditedStep<?> audited ? audited.inner() : state;
    }

    private static void held(Step<?> state, PlainHeads into) {
        if (state instanceof CpuStep cpu) {
            for (int i = 0; i < cpu.heads().count(); i++) {
                into.add(cpu.heads().head(i));
            }
        } else if (state instanceof DriverStep driver) {
            driver.skbs().forEach(into::add);
        }
    }

    /** The plain heads among those that are shown; those on the frag_list of an skb are not looked for. */
    private static final class PlainHeads implements HeadTaker {
        private int[] heads = new int[16];
        private int count;

        @Override
        public void add(int head) {
            if (!Head.isFclone(head)) {
                heads = count == heads.length ? Arrays.copyOf(heads, 2 * count) : heads;
                heads[count++] = head;
            }
        }

        @Override
        public void add(Skb skb) {
            add(skb.head());
        }

        int[] seen() {
            return Arrays.copyOf(heads, count);
        }
    }

    @Override
    public @Nullable String broken(List<Part> parts) {
        final int[] seen =
                parts.stream().flatMapToInt(part -> Arrays.stream(part.heads())).toArray();
        Arrays.sort(seen);
        for (int i = 1; i < seen.length; i++) {
            if (seen[i] == seen[i - 1]) {
                return Invariant.I2 + " " + Invariant.I2.title() + ": head=" + Head.name(seen[i]) + " is in two places";
            }
        }
        final HeadSums all = new HeadSums();
        final HeadSums found = new HeadSums();
        for (final Part part : parts) {
            all.add(part.all());
            found.add(part.found());
        }
        return found.equals(all)
                ? null
                : Invariant.I1 + " " + Invariant.I1.title() + ": all=" + all + "; found=" + found
                        + (found.toString().equals(all.toString()) ? ", but not the same ones" : "");
    }
}
