package headcache.machine;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import headcache.protocol.ActorName;
import headcache.protocol.CpuId;
import headcache.protocol.CpuMessage;
import headcache.protocol.MachineMessage;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Report;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The machine: boots its actors, switches CPUs off and on, drains, counts, and stops.
 *
 * <p>Orders from outside are carried out one after the other; each is answered by a {@link
 * MachineReply}. If an actor crashes, every order that is waiting or comes later is answered by {@link
 * MachineReply.Failed}.
 */
public final class MachineActor extends AbstractBehavior<MachineMessage> {

    /** An order from outside. */
    public sealed interface Order extends MachineMessage {
        /** Who is answered. */
        ActorRef<MachineReply> replyTo();
    }

    /** Answers {@link MachineReply.Ready} once the machine is booted. */
    public record AwaitReady(ActorRef<MachineReply> replyTo) implements Order {}

    /** Takes a CPU offline; the next one that is online inherits what arrives for it later. */
    public record TakeOffline(CpuId cpu, OfflinePolicy parked, ActorRef<MachineReply> replyTo) implements Order {}

    /** Brings a CPU back. */
    public record BringOnline(CpuId cpu, ActorRef<MachineReply> replyTo) implements Order {}

    /** Lets every CPU, offline ones included, give back what it has. To be asked when all work is done. */
    public record DrainAll(ActorRef<MachineReply> replyTo) implements Order {}

    /** Collects the counters of every part. */
    public record TakeSnapshot(ActorRef<MachineReply> replyTo) implements Order {}

    /** Stops all actors. */
    public record Shutdown(ActorRef<MachineReply> replyTo) implements Order {}

    private final Children children;
    private final CpuSwitches switches;
    private final ArrayDeque<Order> waiting = new ArrayDeque<>();
    private @Nullable Order current;
    private @Nullable Gathering gathering;
    private MachineReply.@Nullable Failed failure;

    private MachineActor(ActorContext<MachineMessage> context, MachinePlan plan) {
        super(context);
        children = new Children(context, plan);
        switches = new CpuSwitches(plan.cpus().size());
        gathering = children.connect();
    }

    /** A machine that boots {@code plan}. */
    public static Behavior<MachineMessage> create(MachinePlan plan) {
        return Behaviors.setup(context -> new MachineActor(context, plan));
    }

    @Override
    public Receive<MachineMessage> createReceive() {
        return newReceiveBuilder()
                .onMessage(Order.class, this::onOrder)
                .onMessage(MachineMessage.Connected.class, connected -> gather(connected.who(), null))
                .onMessage(MachineMessage.Reported.class, reported -> gather(reported.who(), reported.report()))
                .onMessage(MachineMessage.Drained.class, drained -> gather(drained.who(), null))
                .onMessage(MachineMessage.Switched.class, this::onSwitched)
                .onSignal(ChildFailed.class, failed -> onGone(failed.getRef(), failed.cause()))
                .onSignal(Terminated.class, gone -> onGone(gone.getRef(), null))
                .build();
    }

    private Behavior<MachineMessage> onOrder(Order order) {
        waiting.add(order);
        return next();
    }

    private Behavior<MachineMessage> next() {
        while (current == null && gathering == null && failure == null) {
            final Order order = waiting.poll();
            if (order == null) {
                return this;
            }
            current = order;
            if (order instanceof Shutdown) {
                return shutdown(order);
            }
            begin(order);
        }
        if (failure != null) {
            return answerFailed(failure);
        }
        return this;
    }

    private void begin(Order order) {
        if (order instanceof AwaitReady) {
            answer(new MachineReply.Ready(children.directory()));
        } else if (order instanceof TakeOffline off) {
            switchOff(off);
        } else if (order instanceof BringOnline on) {
            switchOn(on);
        } else if (order instanceof DrainAll) {
            gathering = children.drain();
        } else if (order instanceof TakeSnapshot) {
            gathering = children.report();
        }
    }

    private void switchOff(TakeOffline order) {
        final String refusal = switches.whyNotOff(order.cpu());
        if (refusal != null) {
            answer(new MachineReply.Refused(refusal));
            return;
        }
        final CpuId survivor = switches.off(order.cpu());
        children.tell(order.cpu(), new CpuMessage.Offline(children.self(), order.parked(), survivor));
    }

    private void switchOn(BringOnline order) {
        final String refusal = switches.whyNotOn(order.cpu());
        if (refusal != null) {
            answer(new MachineReply.Refused(refusal));
            return;
        }
        switches.on(order.cpu());
        children.tell(order.cpu(), new CpuMessage.Online(children.self()));
    }

    private Behavior<MachineMessage> onSwitched(MachineMessage.Switched switched) {
        if (failure != null) {
            return this; // the order it belongs to was answered by the failure
        }
        answer(new MachineReply.Switched(switched.cpu(), switched.online()));
        return next();
    }

    private Behavior<MachineMessage> gather(ActorName who, @Nullable Report report) {
        if (failure != null) {
            return this; // nobody waits for it any more
        }
        final Gathering all = gathering;
        if (all == null) {
            throw new IllegalStateException("answer that nobody waits for: from=" + who);
        }
        if (all.add(who, report)) {
            gathering = all.then();
            if (gathering == null && current instanceof DrainAll) {
                answer(MachineReply.Drained.DRAINED);
            } else if (gathering == null && current instanceof TakeSnapshot) {
                answer(new MachineReply.Snapshot(all.reports()));
            }
        }
        return next();
    }

    private void answer(MachineReply reply) {
        final Order order = current;
        if (order == null) {
            throw new IllegalStateException("nobody asked: reply=" + reply);
        }
        current = null;
        order.replyTo().tell(reply);
    }

    /** A driver may end when it has nothing more to say; any other actor that is gone takes heads with it. */
    private Behavior<MachineMessage> onGone(ActorRef<Void> ref, @Nullable Throwable cause) {
        if (failure == null && (cause != null || !children.isDriver(ref))) {
            final String who = ref.path().name();
            failure = new MachineReply.Failed(
                    who, cause == null ? new IllegalStateException("stopped by itself: at=" + who) : cause);
            children.stopAll();
        }
        return next();
    }

    private Behavior<MachineMessage> answerFailed(MachineReply.Failed failed) {
        boolean stop = false;
        if (current != null) {
            waiting.addFirst(current);
            current = null;
        }
        for (Order order = waiting.poll(); order != null; order = waiting.poll()) {
            stop |= order instanceof Shutdown;
            order.replyTo().tell(failed);
        }
        return stop ? Behaviors.stopped() : this;
    }

    private static Behavior<MachineMessage> shutdown(Order order) {
        return Behaviors.stopped(() -> order.replyTo().tell(MachineReply.Stopped.STOPPED));
    }
}
