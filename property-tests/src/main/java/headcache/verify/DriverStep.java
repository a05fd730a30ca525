package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.DepotId;
import headcache.protocol.DriverId;
import headcache.protocol.DriverMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.NapiId;
import headcache.protocol.NicMessage;
import headcache.protocol.Op;
import headcache.protocol.Skb;
import headcache.protocol.TaskMessage;
import headcache.protocol.WayOut;
import headcache.skb.Encoding;
import headcache.step.HeadCount;
import headcache.step.Out;
import headcache.step.StateBytes;
import headcache.step.Step;
import headcache.verify.Errands.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a machine its commands, as many at once as their order allows, and keeps the skbs in between.
 *
 * <p>Commands to one actor are sent in their order, and so are those that share a slot, the later ones once the
 * earlier are answered. All others run at the same time. A CPU is switched only when the one before has switched.
 *
 * <p>It has four phases: the commands, then a release of every skb that is left, then a drain of every CPU, and one of every
 * depot, if there are any. Each begins when it is told to {@link #go}, and ends when everything is answered; whoever told it is answered then.
 */
public final class DriverStep implements Step<DriverMessage> {
    /** NAPI instances from this number on are the driver's own. */
    private static final int FIRST_NAPI = 1000;

    /** Among the slots that a waiting command claims: the right to switch a CPU. */
    private static final int SWITCHES = 1_000;

    private static final int RELEASE = 2;
    private static final int DRAIN = 3;
    private static final int DRAIN_DEPOT = 4;

    /** Among the keys of drains: the first depot, whose number would be that of a CPU. */
    private static final int DEPOT_KEY = 1_000_000;

    private final DriverId id;
    private final int cpus;
    private final int depots;
    private final @Nullable Skb[] slots;
    private final ArrayList<Command> commands;
    private final Errands errands;
    /** Indices of the commands that are not sent yet, ascending. */
    private ArrayList<Integer> waiting = new ArrayList<>();

    private int phase;
    private @Nullable ActorName boss;

    /** A driver for a machine of which it drains no depot. */
    public DriverStep(DriverId id, int cpus, int slots, List<Command> commands) {
        this(id, cpus, 0, slots, commands);
    }

    /**
     * A driver.
     *
     * @param cpus CPUs of the machine
     * @param depots its depots
     * @param slots room for that many skbs
     * @param commands what it tells the machine first
     */
    public DriverStep(DriverId id, int cpus, int depots, int slots, List<Command> commands) {
        this.id = id;
        this.cpus = cpus;
        this.depots = depots;
        this.slots = new Skb[slots];
        this.commands = new ArrayList<>();
        this.errands = new Errands();
        commands.forEach(this::append);
    }

    private DriverStep(DriverStep other) {
        id = other.id;
        cpus = other.cpus;
        depots = other.depots;
        slots = other.slots.clone();
        commands = new ArrayList<>(other.commands);
        errands = other.errands.copy();
        waiting = new ArrayList<>(other.waiting);
        phase = other.phase;
        boss = other.boss;
    }

    /** What tells a driver to begin its next phase; {@code from} gets the like when the phase is over. */
    public static DriverMessage go(DriverId from) {
        return new DriverMessage.BatchDone(from, new Skb[0], 0, 0);
    }

    /** The skbs that are here. */
    public List<Skb> skbs() {
        return Arrays.stream(slots).filter(Objects::nonNull).toList();
    }

    /** Whether every command of the phases begun was sent and answered. */
    public boolean isDone() {
        return waiting.isEmpty() && errands.isEmpty();
    }

    @Override
    public void on(DriverMessage message, Out out) {
        if (message instanceof DriverMessage.BatchDone done && done.who() instanceof DriverId from) {
            begin(from);
        } else {
            answered(message);
        }
        if (phase > 0) {
            issue(out);
        }
        final ActorName asked = boss;
        if (isDone() && asked != null) {
            boss = null;
            out.send(asked, go(id));
        }
    }

    private void begin(DriverId from) {
        boss = from;
        phase++;
        if (phase == RELEASE) {
            for (int slot = 0; slot < slots.length; slot++) {
                final Skb skb = slots[slot];
                for (int user = 0; skb != null && user < skb.users(); user++) {
                    append(new Command.Call(new CpuId(slot % cpus), Op.release(WayOut.KFREE_SKB, slot), false));
                }
            }
        } else if (phase == DRAIN) {
            for (int cpu = 0; cpu < cpus; cpu++) {
                append(new Command.Drain(new CpuId(cpu)));
            }
        } else if (phase == DRAIN_DEPOT) {
            for (int depot = 0; depot < depots; depot++) {
                append(new Command.DrainDepot(new DepotId(depot)));
            }
        }
    }

    private void append(Command command) {
        waiting.add(commands.size());
        commands.add(command);
    }

    private void answered(DriverMessage message) {
        if (message instanceof DriverMessage.BatchDone done) {
            final int[] home = errands.answered(Kind.BATCH, done.slots().length).slots();
            for (int i = 0; i < home.length; i++) {
                slots[home[i]] = done.slots()[i];
            }
        } else if (message instanceof NicMessage.PollDone done) {
            final Errands.Errand poll = errands.answered(Kind.POLL, done.napi().index());
            for (final Skb skb : done.stillShared()) {
                slots[poll.slotOf(skb)] = skb;
            }
        } else if (message instanceof MachineMessage.Switched switched) {
            errands.answered(Kind.SWITCH, switched.cpu().index());
        } else if (message instanceof MachineMessage.Drained drained) {
            errands.answered(Kind.DRAIN, key(drained.who()));
        }
    }

    private static int key(ActorName drained) {
        return drained instanceof DepotId depot ? DEPOT_KEY + depot.index() : ((CpuId) drained).index();
    }

    /** Sends every command that need not wait for another. */
    private void issue(Out out) {
        if (waiting.isEmpty()) {
            return;
        }
        final BitSet taken = errands.slots();
        final BitSet claimed = new BitSet();
        final Set<ActorName> stopped = new LinkedHashSet<>();
        final Map<ActorName, OpenBatch> open = new LinkedHashMap<>();
        final ArrayList<Integer> later = new ArrayList<>();
        for (final int index : waiting) {
            final Command command = commands.get(index);
            final OpenBatch batch = opensBatch(command) ? null : open.get(command.at());
            if (stopped.contains(command.at()) || mustWait(command, taken, claimed, batch)) {
                stopped.add(command.at());
                later.add(index);
                setAll(claimed, command.slots());
                if (isSwitch(command)) {
                    claimed.set(SWITCHES);
                }
            } else if (command instanceof Command.Call call && batch != null) {
                batch.add(call);
            } else {
                close(open.remove(command.at()), out);
                if (command instanceof Command.Call call) {
                    open.computeIfAbsent(call.at(), OpenBatch::new).add(call);
                } else {
                    send(command, out);
                }
            }
            if (comesBack(command)) {
                setAll(taken, command.slots());
            }
        }
        open.values().forEach(batch -> close(batch, out));
        waiting = later;
    }

    private static void setAll(BitSet set, int[] slots) {
        for (final int slot : slots) {
            set.set(slot);
        }
    }

    /** Whether the skbs it takes along are answered for. */
    private static boolean comesBack(Command command) {
        return command instanceof Command.Call || command instanceof Command.Poll;
    }

    private static boolean isSwitch(Command command) {
        return command instanceof Command.Offline || command instanceof Command.Online;
    }

    private static boolean opensBatch(Command command) {
        return !(command instanceof Command.Call call) || call.opensBatch();
    }

    private boolean mustWait(Command command, BitSet taken, BitSet claimed, @Nullable OpenBatch joined) {
        if (isSwitch(command)) {
            return claimed.get(SWITCHES) || errands.isAnyOut(Kind.SWITCH);
        } else if (command instanceof Command.Drain drain) {
            return errands.isOut(Kind.DRAIN, drain.at().index());
        } else if (command instanceof Command.DrainDepot drain) {
            return errands.isOut(Kind.DRAIN, key(drain.at()));
        }
        for (final int slot : command.slots()) {
            if (claimed.get(slot) || (taken.get(slot) && (joined == null || !joined.has(slot)))) {
                return true;
            }
        }
        return false;
    }

    private void close(@Nullable OpenBatch batch, Out out) {
        if (batch != null) {
            final int[] home = batch.home();
            sendBatch(batch.at(), batch.ops(home), home, home.length, out);
        }
    }

    private void sendBatch(ActorName at, Op[] ops, int[] home, int room, Out out) {
        final @Nullable Skb[] given = new Skb[errands.freeKey(Kind.BATCH, room)];
        for (int i = 0; i < home.length; i++) {
            given[i] = take(home[i]);
        }
        errands.add(Kind.BATCH, given.length, home, new Skb[0]);
        out.send(at, new CpuMessage.Batch(id, ops, given));
    }

    private void send(Command command, Out out) {
        if (command instanceof Command.Burst burst) {
            sendBatch(burst.at(), burst.ops(), new int[0], burst.count(), out);
        } else if (command instanceof Command.Interrupt interrupt) {
            final Skb skb = take(interrupt.slot());
            if (skb != null) {
                out.send(interrupt.at(), new CpuMessage.HardInterrupt(skb));
            }
        } else if (command instanceof Command.Deliver deliver) {
            final Skb skb = take(deliver.slot());
            if (skb != null) {
                out.send(deliver.at(), new TaskMessage.Deliver(new Skb[] {skb}));
            }
        } else if (command instanceof Command.Transmit transmit) {
            final Skb skb = take(transmit.slot());
            if (skb != null) {
                out.send(transmit.at(), new NicMessage.Transmit(transmit.queue(), new Skb[] {skb}));
            }
        } else if (command instanceof Command.Poll poll) {
            sendPoll(poll, out);
        } else if (command instanceof Command.Receive receive) {
            final Command.Frames frames = receive.frames();
            out.send(receive.at(), new NicMessage.Receive(receive.queue(), frames.toArray()));
        } else if (command instanceof Command.Set set) {
            out.send(set.at(), set.setting());
        } else if (command instanceof Command.Offline off) {
            errands.add(Kind.SWITCH, off.at().index());
            out.send(off.at(), new CpuMessage.Offline(id, off.parked(), off.survivor()));
        } else if (command instanceof Command.Online on) {
            errands.add(Kind.SWITCH, on.at().index());
            out.send(on.at(), new CpuMessage.Online(id));
        } else if (command instanceof Command.Drain drain) {
            errands.add(Kind.DRAIN, drain.at().index());
            out.send(drain.at(), new CpuMessage.Drain(id));
        } else if (command instanceof Command.DrainDepot drain) {
            errands.add(Kind.DRAIN, key(drain.at()));
            out.send(drain.at(), new CpuMessage.Drain(id));
        }
    }

    private void sendPoll(Command.Poll poll, Out out) {
        final int napi = errands.freeKey(Kind.POLL, FIRST_NAPI);
        final @Nullable Skb[] given = new Skb[poll.completions().length];
        for (int i = 0; i < given.length; i++) {
            given[i] = take(poll.completions()[i]);
        }
        errands.add(Kind.POLL, napi, poll.completions(), given);
        final Skb[] completions = Arrays.stream(given).filter(Objects::nonNull).toArray(Skb[]::new);
        out.send(
                poll.at(),
                new CpuMessage.Poll(
                        id, new NapiId(napi), completions, poll.frames().toArray()));
    }

    private @Nullable Skb take(int slot) {
        final Skb skb = slots[slot];
        slots[slot] = null;
        return skb;
    }

    @Override
    public DriverStep copy() {
        return new DriverStep(this);
    }

    @Override
    public void count(HeadCount into) {
        into.inUse().add(slots, 0);
    }

    @Override
    public void encode(StateBytes bytes) {
        bytes.put(phase);
        Encoding.put(bytes, boss);
        for (final Skb skb : slots) {
            Encoding.put(bytes, skb);
        }
        bytes.put(waiting.size());
        waiting.forEach(index -> bytes.put(index));
        errands.encode(bytes);
    }
}
