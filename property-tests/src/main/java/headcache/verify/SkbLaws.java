package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.skb.Carried;
import headcache.step.HeadTaker;

/** Every skb that an actor sends is alive and carries what it was given in this life, no more and no less (I7). */
final class SkbLaws implements Laws, HeadTaker {
    private final Ledger ledger;

    SkbLaws(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void sent(ActorName to, Message message) {
        Carried.each(message, this);
    }

    @Override
    public void add(Skb skb) {
        ledger.checkCarried(skb);
    }
}
