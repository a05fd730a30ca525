package headcache.workload.trace;

import headcache.protocol.AllocFlag;
import headcache.protocol.Op;
import headcache.protocol.WayIn;
import headcache.protocol.WayOut;

/**
 * A way into or out of the machine that a recorded call takes. Whether cache or slab serves it is not
 * said here: that is the model's to decide, and is what is compared.
 */
public sealed interface Route {

    /** Whether only a CPU's own turn can take it, because the function it calls touches the cache. */
    boolean isSoftirqOnly();

    /** As people read it: the kernel's name of the function, with flags. */
    String label();

    /**
     * A way in.
     *
     * @param way the function
     * @param flags bits of {@link AllocFlag}
     * @param node the requested node, or {@link Op#ANY_NODE}
     */
    record In(WayIn way, int flags, int node) implements Route {
        @Override
        public boolean isSoftirqOnly() {
            return switch (way) {
                case NAPI_BUILD_SKB, NAPI_ALLOC_SKB_FRAG, NAPI_ALLOC_SKB_KMALLOC, NAPI_GET_FRAGS -> true;
                case ALLOC_SKB_FLAGS -> AllocFlag.NAPI.in(flags);
                case BUILD_SKB, NETDEV_ALLOC_SKB, ALLOC_SKB, ALLOC_SKB_FCLONE, SKB_CLONE -> false;
            };
        }

        @Override
        public String label() {
            final StringBuilder text = new StringBuilder(way.kernelName());
            for (final AllocFlag flag : AllocFlag.values()) {
                if (flag.in(flags)) {
                    text.append(" +").append(flag);
                }
            }
            return text.toString();
        }
    }

    /**
     * A way out.
     *
     * @param way the function
     */
    record Out(WayOut way) implements Route {
        @Override
        public boolean isSoftirqOnly() {
            return switch (way) {
                case NAPI_CONSUME_SKB, HAND_BACK, KFREE_SKB_DEFER, GRO_STOLEN_HEAD, GRO_MERGED_FREE -> true;
                case NAPI_CONSUME_SKB_BUDGET_0, KFREE_SKB, GRO_LIST_MEMBER, GRO_FRAGS_REUSE, DEV_KFREE_SKB_IRQ -> false;
            };
        }

        @Override
        public String label() {
            return way.kernelName();
        }
    }
}
