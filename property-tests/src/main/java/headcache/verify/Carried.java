package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.DriverMessage;
import headcache.protocol.HeldUnit;
import headcache.protocol.Message;
import headcache.protocol.NicMessage;
import headcache.protocol.Skb;
import headcache.protocol.TaskMessage;
import org.jspecify.annotations.Nullable;

/** Every skb that an actor sends is alive and carries what it was given in this life, no more and no less (I7). */
final class Carried implements Laws {
    private final Ledger ledger;

    Carried(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void sent(ActorName to, Message message) {
        if (message instanceof DriverMessage.BatchDone done) {
            all(done.slots());
        } else if (message instanceof CpuMessage.Batch batch) {
            all(batch.slots());
        } else if (message instanceof NicMessage.PollDone done) {
            all(done.stillShared());
        } else if (message instanceof NicMessage.Transmit transmit) {
            all(transmit.skbs());
        } else if (message instanceof TaskMessage.Deliver delivery) {
            all(delivery.skbs());
        } else if (message instanceof CpuMessage.Poll poll) {
            all(poll.completions());
        } else if (message instanceof CpuMessage.HardInterrupt interrupt) {
            one(interrupt.skb());
        } else if (message instanceof CpuMessage.Adopt napi) {
            one(napi.fragsSkb());
            for (final HeldUnit unit : napi.held()) {
                one(unit.skb());
            }
        }
    }

    private void all(@Nullable Skb[] skbs) {
        for (final Skb skb : skbs) {
            one(skb);
        }
    }

    private void one(@Nullable Skb skb) {
        if (skb != null) {
            ledger.checkCarried(skb);
        }
    }
}
