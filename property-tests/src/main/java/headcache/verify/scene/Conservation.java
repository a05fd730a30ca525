package headcache.verify.scene;

import headcache.cpu.CpuStep;
import headcache.kit.state.Law;
import headcache.kit.state.Names;
import headcache.memory.SlabStep;
import headcache.nic.TaskStep;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.Head;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.protocol.SlabKind;
import headcache.protocol.SlabMessage;
import headcache.protocol.SlabReply;
import headcache.step.Step;
import headcache.verify.DriverStep;
import headcache.verify.Invariant;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Conservation (I1) and one place (I2) at every state, for all actors at once: no plain head is seen twice in caches,
 * in messages and in the hands of drivers, and as many are seen as the slabs have handed out.
 *
 * <p>What a CPU or task has in hand while it waits for the slab is not seen. So where one waits, fewer may be seen; as
 * soon as none does, all must be.
 */
public final class Conservation implements Law<Step<?>, Message, Conservation.Part> {
    private final MachineCast cast;

    /** The scenes' {@code cast} is needed to tell whether a task is at rest. */
    public Conservation(MachineCast cast) {
        this.cast = cast;
    }

    /**
     * What one actor and the messages to it contribute.
     *
     * @param heads the plain heads that are seen
     * @param out the plain heads that it has handed out, for a slab
     * @param waits whether it may have others in hand
     */
    public record Part(int[] heads, int out, boolean waits) {}

    @Override
    public Part part(int actor, Step<?> state, SortedMap<Integer, List<Message>> inbox) {
        final IntStream inMessages =
                inbox.values().stream().flatMap(List::stream).flatMapToInt(Conservation::heads);
        final int[] heads = IntStream.concat(held(state), inMessages)
                .filter(head -> head != Head.NONE && !Head.isFclone(head))
                .toArray();
        final int out =
                state instanceof SlabStep slab ? slab.slab(SlabKind.HEAD).inUse() : 0;
        return new Part(heads, out, waits(actor, state));
    }

    private boolean waits(int actor, Step<?> state) {
        if (state instanceof TaskStep) {
            final Names own = Names.own(cast.actors());
            return !Arrays.equals(cast.stateKey(state, own), cast.stateKey(cast.first(actor), own));
        }
        return state instanceof CpuStep cpu && cpu.isSuspended();
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
        int count = 0;
        int out = 0;
        boolean waits = false;
        for (final Part part : parts) {
            count += part.heads().length;
            out += part.out();
            waits |= part.waits();
        }
        final int[] seen = new int[count];
        int at = 0;
        for (final Part part : parts) {
            System.arraycopy(part.heads(), 0, seen, at, part.heads().length);
            at += part.heads().length;
        }
        Arrays.sort(seen);
        for (int i = 1; i < count; i++) {
            if (seen[i] == seen[i - 1]) {
                return Invariant.I2 + " " + Invariant.I2.title() + ": head=" + Head.name(seen[i]) + " is in two places";
            }
        }
        return count > out || (count < out && !waits)
                ? Invariant.I1 + " " + Invariant.I1.title() + ": seen=" + count + ", handed out=" + out
                : null;
    }
}
