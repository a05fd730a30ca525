package headcache.verify;

import headcache.protocol.ActorName;
import headcache.protocol.CpuMessage;
import headcache.protocol.Member;
import headcache.protocol.Message;
import headcache.protocol.Skb;
import headcache.skb.Carried;
import headcache.step.HeadTaker;
import org.jspecify.annotations.Nullable;

/** Every skb that an actor sends is alive and carries what it was given in this life, no more and no less (I7). */
final class SkbLaws implements Laws, HeadTaker {
    private final Ledger ledger;

    SkbLaws(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public void sent(ActorName to, Message message) {
        Carried.each(message, this);
        if (message instanceof CpuMessage.Defer deferred) {
            mustBeBare(deferred.skb().members());
        }
    }

    /** Events do not tell what the members of a frag_list hold when their aggregate is handed back. */
    private void mustBeBare(@Nullable Member members) {
        for (Member member = members; member != null; member = member.next()) {
            if (member.skb().holds() != 0) {
                ledger.findings()
                        .add(
                                Invariant.I6,
                                member.skb().head(),
                                "is on a frag_list that is put on a defer list, and holds something");
            }
            mustBeBare(member.skb().members());
        }
    }

    @Override
    public void add(Skb skb) {
        ledger.checkCarried(skb);
    }
}
