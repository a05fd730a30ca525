package headcache.verify.scene;

import headcache.audit.AuditedStep;
import headcache.cpu.CpuStep;
import headcache.kit.state.Law;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.protocol.Via;
import headcache.skb.Carried;
import headcache.step.HeadCount;
import headcache.step.HeadSums;
import headcache.step.Step;
import headcache.verify.DriverStep;
import headcache.verify.Invariant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
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
        final List<Message> letters = inbox.values().stream()
                .flatMap(List::stream)
                .map(letter -> letter instanceof Via via ? via.message() : letter)
                .toList();
        letters.forEach(letter -> Carried.count(letter, found));
        final int[] heads = IntStream.concat(
                        held(within(state)), letters.stream().flatMapToInt(Conservation::heads))
                .filter(head -> head != Head.NONE && !Head.isFclone(head))
                .toArray();
        return new Part(heads, count.all(), found);
    }

    /** The step that does the work, in an actor that takes part in an audit. */
    private static Step<?> within(Step<?> state) {
        return state instanceof AuditedStep<?> audited ? audited.inner() : state;
    }

    private static IntStream held(Step<?> state) {
        if (state instanceof CpuStep cpu) {
            return IntStream.range(0, cpu.heads().count()).map(cpu.heads()::head);
        }
        return state instanceof DriverStep driver ? heads(driver.skbs().toArray(Skb[]::new)) : IntStream.empty();
    }

    private static IntStream heads(Message message) {
        if (message instanceof SlabReply.BulkAllocated answer) {
            return Arrays.stream(answer.heads());
        } else if (message instanceof SlabReply.Allocated answer) {
            return IntStream.of(answer.head());
        } else if (message instanceof SlabMessage.PassedOn request) {
            return Arrays.stream(request.collected());
        } else if (message instanceof SlabMessage.BulkFree free) {
            return Arrays.stream(free.heads());
        } else if (message instanceof SlabMessage.SingleFree free) {
            return IntStream.of(free.head());
        } else if (message instanceof CpuMessage.HandOver given) {
            return Arrays.stream(given.heads());
        } else if (message instanceof CpuMessage.HardInterrupt interrupt) {
            return IntStream.of(interrupt.skb().head());
        } else if (message instanceof CpuMessage.Batch batch) {
            return heads(batch.slots());
        }
        return message instanceof DriverMessage.BatchDone done ? heads(done.slots()) : IntStream.empty();
    }

    private static IntStream heads(@Nullable Skb[] skbs) {
        return Arrays.stream(skbs).mapToInt(skb -> skb == null ? Head.NONE : skb.head());
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
