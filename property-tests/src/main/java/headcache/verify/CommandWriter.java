package headcache.verify;

import headcache.machine.MachineConfig;
import headcache.protocol.ActorName;
import headcache.protocol.AllocFlag;
import headcache.protocol.CpuId;
import headcache.protocol.Held;
import headcache.protocol.NicId;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.TaskId;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;
import headcache.skb.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes commands of drafts: only such as a correct caller gives, whatever happens to them when they run. What a draft
 * names that is not there, such as an skb in an empty slot, becomes the next one that is; a draft for which there is
 * none is left out.
 */
public final class CommandWriter {
    /** Slots that commands use. */
    public static final int SLOTS = 10;

    private static final WayIn[] CACHED = {
        WayIn.NAPI_BUILD_SKB, WayIn.NAPI_ALLOC_SKB_FRAG, WayIn.NAPI_ALLOC_SKB_KMALLOC, WayIn.NAPI_GET_FRAGS
    };
    private static final WayIn[] UNCACHED = {
        WayIn.ALLOC_SKB, WayIn.NETDEV_ALLOC_SKB, WayIn.BUILD_SKB, WayIn.ALLOC_SKB_FCLONE
    };
    private static final WayOut[] ENDS = {
        WayOut.NAPI_CONSUME_SKB,
        WayOut.KFREE_SKB_DEFER,
        WayOut.GRO_MERGED_FREE,
        WayOut.GRO_STOLEN_HEAD,
        WayOut.GRO_LIST_MEMBER,
        WayOut.GRO_FRAGS_REUSE,
        WayOut.HAND_BACK,
        WayOut.KFREE_SKB,
        WayOut.NAPI_CONSUME_SKB_BUDGET_0,
        WayOut.DEV_KFREE_SKB_IRQ
    };
    private static final int LONGEST_BURST = 90;
    private static final int MOST_FRAMES = 12;
    private static final int MOST_AT_ONCE = 4;

    /** How often each kind of command comes, simple ones first. */
    private static final Kind[] TABLE = {
        Kind.NAPI_GET,
        Kind.NAPI_GET,
        Kind.NAPI_GET,
        Kind.NAPI_GET,
        Kind.CONSUME,
        Kind.CONSUME,
        Kind.CONSUME,
        Kind.CONSUME,
        Kind.TASK_ALLOC,
        Kind.TASK_FREE,
        Kind.BURST,
        Kind.BURST,
        Kind.BURST,
        Kind.ALLOC,
        Kind.ALLOC,
        Kind.CLONE,
        Kind.CLONE,
        Kind.SHARE,
        Kind.HOLD,
        Kind.HOLD,
        Kind.END,
        Kind.END,
        Kind.END,
        Kind.END,
        Kind.INTERRUPT,
        Kind.INTERRUPT,
        Kind.POLL,
        Kind.POLL,
        Kind.RECEIVE,
        Kind.RECEIVE,
        Kind.DELIVER,
        Kind.OFFLINE,
        Kind.ONLINE,
        Kind.DRAIN,
        Kind.POLL_END
    };

    /** {@link CommandDraft#what} is below this, but for the faults that only {@link #FAULTS} has. */
    public static final int KINDS = TABLE.length;

    /** {@link CommandDraft#what} of a command that takes a CPU offline. */
    public static final int OFFLINE = Arrays.asList(TABLE).indexOf(Kind.OFFLINE);

    /** {@link CommandDraft#what} of a command that brings a CPU back. */
    public static final int ONLINE = Arrays.asList(TABLE).indexOf(Kind.ONLINE);

    /** {@link CommandDraft#what} of faults, simple ones first: a CPU goes offline or comes back, or a {@link Fault}. */
    public static final List<Integer> FAULTS = IntStream.concat(
                    IntStream.of(OFFLINE, ONLINE), IntStream.range(KINDS, KINDS + Fault.values().length))
            .boxed()
            .toList();

    private enum Kind {
        NAPI_GET,
        CONSUME,
        TASK_ALLOC,
        TASK_FREE,
        BURST,
        ALLOC,
        CLONE,
        SHARE,
        HOLD,
        END,
        INTERRUPT,
        POLL,
        RECEIVE,
        DELIVER,
        OFFLINE,
        ONLINE,
        DRAIN,
        POLL_END
    }

    private final MachineConfig machine;
    private final Kernel kernel;
    private final int cpus;
    private final @Nullable SlotState[] slots = new SlotState[SLOTS];
    private final boolean[] offline;
    private final List<Command> commands = new ArrayList<>();

    private CommandWriter(MachineConfig machine) {
        this.machine = machine;
        this.kernel = machine.policy().kernel();
        this.cpus = machine.topology().cpus();
        this.offline = new boolean[cpus];
    }

    /** The commands that {@code drafts} mean to {@code machine}. */
    public static List<Command> commands(MachineConfig machine, List<CommandDraft> drafts) {
        final CommandWriter writer = new CommandWriter(machine);
        drafts.forEach(writer::write);
        return List.copyOf(writer.commands);
    }

    private void write(CommandDraft draft) {
        final int what = draft.what() % (KINDS + Fault.values().length);
        if (what >= KINDS) {
            commands.add(Fault.values()[what - KINDS].on(machine, draft));
        } else {
            write(TABLE[what], draft);
        }
    }

    private void write(Kind kind, CommandDraft draft) {
        final CpuId cpu = new CpuId(draft.where() % cpus);
        final TaskId task = new TaskId(draft.where() % cpus);
        switch (kind) {
            case NAPI_GET -> get(cpu, pick(CACHED, draft.detail()), draft);
            case CONSUME -> release(cpu, WayOut.NAPI_CONSUME_SKB, draft);
            case TASK_ALLOC -> allocate(task, pick(UNCACHED, draft.detail()), draft);
            case TASK_FREE -> release(task, WayOut.KFREE_SKB, draft);
            case BURST -> burst(cpu, draft);
            case ALLOC ->
                allocate(
                        cpu,
                        draft.detail() % 3 == 0 ? WayIn.ALLOC_SKB_FLAGS : pick(UNCACHED, draft.detail() / 3),
                        draft);
            case CLONE -> cloneSkb(draft.detail() % 2 == 0 ? cpu : task, draft);
            case SHARE -> share(cpu, draft);
            case HOLD -> hold(draft.detail() % 2 == 0 ? cpu : task, draft);
            case END -> release(cpu, pick(ENDS, draft.detail()), draft);
            case INTERRUPT -> interrupt(cpu, draft);
            case POLL -> poll(cpu, draft);
            case RECEIVE -> receive(draft);
            case DELIVER -> leave(task, draft);
            case OFFLINE -> offline(cpu, draft);
            case ONLINE -> online(draft);
            case DRAIN -> commands.add(new Command.Drain(cpu));
            case POLL_END -> commands.add(new Command.Call(cpu, new Op.PollEnd(), opens(draft)));
        }
    }

    private static <T> T pick(T[] of, int number) {
        return of[number % of.length];
    }

    private static boolean opens(CommandDraft draft) {
        return draft.detail() / 7 % 2 == 0;
    }

    /** The first slot from {@code from} on, round and round, with an skb that is {@code wanted}, or -1. */
    private int find(int from, Predicate<SlotState> wanted) {
        for (int i = 0; i < SLOTS; i++) {
            final SlotState state = slots[(from + i) % SLOTS];
            if (state != null && wanted.test(state)) {
                return (from + i) % SLOTS;
            }
        }
        return Op.NO_SLOT;
    }

    private int findUsed(int from) {
        return find(from, state -> true);
    }

    private int findFree(int from) {
        for (int i = 0; i < SLOTS; i++) {
            if (slots[(from + i) % SLOTS] == null) {
                return (from + i) % SLOTS;
            }
        }
        return Op.NO_SLOT;
    }

    /** Several at once, where the kernel can. */
    private void get(CpuId cpu, WayIn way, CommandDraft draft) {
        if (way != WayIn.NAPI_BUILD_SKB || !EntryRules.isBulk(kernel)) {
            allocate(cpu, way, draft);
            return;
        }
        final List<Integer> taken = new ArrayList<>();
        for (int i = draft.other() % MOST_AT_ONCE; i >= 0 && findFree(draft.slot()) != Op.NO_SLOT; i--) {
            final int slot = findFree(draft.slot());
            slots[slot] = SlotState.fresh(false);
            taken.add(slot);
        }
        if (!taken.isEmpty()) {
            commands.add(new Command.Call(cpu, new Op.BuildBulk(List.copyOf(taken)), opens(draft)));
        }
    }

    private void allocate(ActorName at, WayIn way, CommandDraft draft) {
        final int slot = findFree(draft.slot());
        if (slot == Op.NO_SLOT) {
            return;
        }
        int flags = way == WayIn.ALLOC_SKB_FLAGS ? draft.detail() / 3 % 8 : 0;
        if (at instanceof TaskId && !AllocFlag.FCLONE.in(flags)) {
            flags &= ~AllocFlag.NAPI.bit();
        }
        final boolean choosesNode =
                way == WayIn.ALLOC_SKB_FLAGS || way == WayIn.ALLOC_SKB || way == WayIn.ALLOC_SKB_FCLONE;
        final int nodes = machine.topology().nodes();
        final int node = choosesNode ? draft.other() % (nodes + 1) - 1 : Op.ANY_NODE;
        final boolean hasOwnData = way != WayIn.NAPI_BUILD_SKB && way != WayIn.BUILD_SKB;
        final boolean dataFails = hasOwnData && draft.detail() / 24 % 6 == 5;
        commands.add(new Command.Call(at, new Op.Allocate(way, slot, flags, node, dataFails), opens(draft)));
        if (!dataFails) {
            slots[slot] = SlotState.fresh(way == WayIn.ALLOC_SKB_FCLONE || AllocFlag.FCLONE.in(flags));
        }
    }

    private void release(ActorName at, WayOut way, CommandDraft draft) {
        final int slot = find(draft.slot(), state -> state.mayEndBy(way, kernel));
        final SlotState state = slot == Op.NO_SLOT ? null : slots[slot];
        if (state == null) {
            return;
        }
        int into = Op.NO_SLOT;
        if (way == WayOut.GRO_STOLEN_HEAD || way == WayOut.GRO_LIST_MEMBER) {
            slots[slot] = null;
            into = find(draft.other(), SlotState::isFrame);
            slots[slot] = state;
            final SlotState aggregate = into == Op.NO_SLOT ? null : slots[into];
            if (aggregate == null) {
                return;
            }
            slots[into] = aggregate.grownOnce();
        }
        commands.add(new Command.Call(at, new Op.Release(way, slot, into), opens(draft)));
        slots[slot] = way == WayOut.GRO_FRAGS_REUSE ? state.emptied() : lessOne(state);
    }

    private static @Nullable SlotState lessOne(SlotState state) {
        return state.users() > 1 ? state.withUsers(state.users() - 1) : null;
    }

    private void burst(CpuId cpu, CommandDraft draft) {
        final int count = 1 + (draft.slot() * CommandDraft.CHOICES + draft.other()) % LONGEST_BURST;
        final WayIn in = draft.detail() % 2 == 0 ? WayIn.ALLOC_SKB : WayIn.NAPI_BUILD_SKB;
        final WayOut out = draft.detail() / 2 % 3 == 2 ? WayOut.KFREE_SKB : WayOut.NAPI_CONSUME_SKB;
        final boolean together = draft.detail() / 6 % 4 != 3;
        commands.add(new Command.Burst(cpu, in, out, count, together));
    }

    private void cloneSkb(ActorName at, CommandDraft draft) {
        final int slot = findUsed(draft.slot());
        final int into = findFree(draft.other());
        final SlotState state = slot == Op.NO_SLOT ? null : slots[slot];
        if (state != null && into != Op.NO_SLOT) {
            commands.add(new Command.Call(at, new Op.Clone(slot, into), opens(draft)));
            slots[into] = state.cloned();
            if (state.hasFreeCompanion()) {
                slots[slot] = state.withCompanion();
            }
        }
    }

    private void share(CpuId cpu, CommandDraft draft) {
        final int slot = findUsed(draft.slot());
        final SlotState state = slot == Op.NO_SLOT ? null : slots[slot];
        if (state != null) {
            commands.add(new Command.Call(cpu, new Op.Share(slot), opens(draft)));
            slots[slot] = state.withUsers(state.users() + 1);
        }
    }

    private void hold(ActorName at, CommandDraft draft) {
        final int slot = findUsed(draft.slot());
        final SlotState state = slot == Op.NO_SLOT ? null : slots[slot];
        if (state != null) {
            final Held what = Held.of(draft.other() % Held.values().length);
            commands.add(new Command.Call(at, new Op.Attach(slot, what), opens(draft)));
            slots[slot] = state.holding(what);
        }
    }

    private void interrupt(CpuId cpu, CommandDraft draft) {
        final int slot = find(draft.slot(), state -> state.users() == 1);
        if (slot != Op.NO_SLOT) {
            commands.add(new Command.Interrupt(cpu, slot));
            slots[slot] = null;
        }
    }

    private void poll(CpuId cpu, CommandDraft draft) {
        final List<Integer> completions = new ArrayList<>();
        for (int i = 0; i < draft.detail() % 4; i++) {
            final int slot = findUsed(draft.slot() + i);
            final SlotState state = slot == Op.NO_SLOT ? null : slots[slot];
            if (state != null && !completions.contains(slot)) {
                completions.add(slot);
            }
        }
        for (final int slot : completions) {
            final SlotState state = slots[slot];
            slots[slot] = state == null ? null : lessOne(state);
        }
        commands.add(new Command.Poll(
                cpu, completions.stream().mapToInt(Integer::intValue).toArray(), frames(draft)));
    }

    private void receive(CommandDraft draft) {
        final int nics = machine.nics().size();
        if (nics > 0) {
            final int nic = draft.where() % nics;
            final int queue = draft.other() % machine.nics().get(nic).size();
            commands.add(new Command.Receive(new NicId(nic), queue, frames(draft)));
        }
    }

    /** Frames of one kind; only those of the frags path can be used again in place. */
    private Command.Frames frames(CommandDraft draft) {
        final int detail = draft.detail();
        final Verdict verdict = pick(Verdict.values(), detail / 4);
        final WayIn way = verdict == Verdict.MERGE_REUSE ? WayIn.NAPI_GET_FRAGS : pick(CACHED, detail / 28);
        final int count = (detail / 112 + draft.slot()) % (MOST_FRAMES + 1);
        final int nics = machine.nics().size();
        final int target = draft.other() % (cpus + nics + 1);
        ActorName to = null;
        int queue = 0;
        if (target < cpus) {
            to = new TaskId(target);
        } else if (target < cpus + nics) {
            to = new NicId(target - cpus);
            queue = detail % machine.nics().get(target - cpus).size();
        }
        return new Command.Frames(count, way, verdict, detail / 28 % 3, to, queue);
    }

    /** An skb goes to a task or to a NIC, with all its references. */
    private void leave(TaskId task, CommandDraft draft) {
        final int slot = findUsed(draft.slot());
        final int nics = machine.nics().size();
        if (slot != Op.NO_SLOT) {
            final int nic = draft.detail() % (nics + 1) - 1;
            commands.add(
                    nic < 0
                            ? new Command.Deliver(task, slot)
                            : new Command.Transmit(
                                    new NicId(nic),
                                    draft.other() % machine.nics().get(nic).size(),
                                    slot));
            slots[slot] = null;
        }
    }

    /** As in a machine, the next CPU that is online survives it, and the last one stays online. */
    private void offline(CpuId cpu, CommandDraft draft) {
        for (int i = 1; i < cpus && !offline[cpu.index()]; i++) {
            final int survivor = (cpu.index() + i) % cpus;
            if (!offline[survivor]) {
                offline[cpu.index()] = true;
                commands.add(
                        new Command.Offline(cpu, pick(OfflinePolicy.values(), draft.detail()), new CpuId(survivor)));
            }
        }
    }

    private void online(CommandDraft draft) {
        for (int i = 0; i < cpus; i++) {
            final int cpu = (draft.where() + i) % cpus;
            if (offline[cpu]) {
                offline[cpu] = false;
                commands.add(new Command.Online(new CpuId(cpu)));
                return;
            }
        }
    }
}
