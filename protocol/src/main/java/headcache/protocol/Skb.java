package headcache.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A head in use: from a successful allocation to its last release.
 *
 * <p>An skb is an immutable value that is handed from actor to actor; whoever has it owns it. Its
 * reference count travels with it: where the kernel decrements an atomic counter, here the owner
 * releases one of the references it has. A pair of twins and data shared with a clone are counted
 * where they live, because their parts do travel apart.
 *
 * @param head the head's name, see {@link Head}
 * @param allocCpu index of the CPU that allocated it
 * @param twin which part of an fclone pair it is
 * @param paired whether both parts of the pair are, or were, in use
 * @param users references to the skb itself, 1 or more
 * @param data the name of its data, the head the data was first allocated with, or {@link Head#NONE}
 * @param holds what else it holds, one bit for each {@link Held}
 * @param fragments data taken over from merged frames
 * @param members the frag_list: skbs that live and die with this one
 * @param reserve whether the slab gave its head from the emergency reserve; of a head that comes from a cache nobody says so
 */
public record Skb(
        int head,
        int allocCpu,
        Twin twin,
        boolean paired,
        int users,
        int data,
        int holds,
        @Nullable Fragment fragments,
        @Nullable Member members,
        boolean reserve) {

    /** A fresh skb on a plain head with its data: one user, nothing held. */
    public static Skb fresh(int head, int allocCpu) {
        return new Skb(head, allocCpu, Twin.NONE, false, 1, head, 0, null, null, false);
    }

    /** A fresh original twin of a pair with its data: one user, nothing held. */
    public static Skb freshTwin(int pair, int allocCpu) {
        return new Skb(pair, allocCpu, Twin.ORIGINAL, false, 1, pair, 0, null, null, false);
    }

    /** This skb on a head that the slab gave from the emergency reserve. */
    public Skb ofReserve() {
        return new Skb(head, allocCpu, twin, paired, users, data, holds, fragments, members, true);
    }

    /** This skb holding {@code what} as well. */
    public Skb holding(Held what) {
        return new Skb(head, allocCpu, twin, paired, users, data, holds | what.bit(), fragments, members, reserve);
    }

    /** Whether it holds {@code what}. */
    public boolean isHolding(Held what) {
        return (holds & what.bit()) != 0;
    }

    /** This skb with {@code count} references to it, 1 or more. */
    public Skb withUsers(int count) {
        return new Skb(head, allocCpu, twin, paired, count, data, holds, fragments, members, reserve);
    }

    /** This original with its companion in use. */
    public Skb asPaired() {
        return new Skb(head, allocCpu, twin, true, users, data, holds, fragments, members, reserve);
    }

    /** This skb, and those on its frag_list, holding nothing but data. */
    public Skb bare() {
        return new Skb(head, allocCpu, twin, paired, users, data, 0, fragments, bare(members), reserve);
    }

    private static @Nullable Member bare(@Nullable Member member) {
        return member == null ? null : new Member(member.skb().bare(), bare(member.next()));
    }

    /**
     * A clone of this skb on {@code cloneHead}, or its companion if that is this skb's own pair. It
     * shares the data and holds nothing else; what an aggregate took over stays with the original.
     */
    public Skb cloneOn(int cloneHead, int cpu) {
        final boolean companion = cloneHead == head;
        final Twin part = companion ? Twin.COMPANION : Twin.NONE;
        return new Skb(cloneHead, cpu, part, companion, 1, data, 0, null, null, companion && reserve);
    }

    /** This aggregate after it took over {@code taken}, the data of a merged frame. */
    public Skb adopting(int taken) {
        return new Skb(
                head, allocCpu, twin, paired, users, data, holds, new Fragment(taken, fragments), members, reserve);
    }

    /** This aggregate with {@code member} linked to its frag_list. */
    public Skb linking(Skb member) {
        return new Skb(
                head, allocCpu, twin, paired, users, data, holds, fragments, new Member(member, members), reserve);
    }
}
