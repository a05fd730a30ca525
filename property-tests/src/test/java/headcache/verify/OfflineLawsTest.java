package headcache.verify;

import headcache.protocol.CpuMessage;
import headcache.protocol.Head;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.WayIn;
import headcache.step.EventKind;
import org.junit.jupiter.api.Test;

/** What a CPU must not do while it is offline is found, at the step that does it. */
final class OfflineLawsTest extends HandPlayed {
    @Test
    void aGetWhileOffline() {
        refilled(H);
        cpu0.takes(
                new CpuMessage.Offline(DRIVER, OfflinePolicy.PARK, CPU1),
                out -> out.event(EventKind.WENT_OFFLINE, Head.NONE, 1));
        cpu0.takes(WORK, out -> {
            out.event(EventKind.GET, H, 0);
            out.event(EventKind.BORN, H, WayIn.NAPI_BUILD_SKB.ordinal());
            out.event(EventKind.DATA_TAKEN, H, 0);
        });
        assertFirst(Invariant.I13, H, "GET by a CPU that is offline: policy=PARK, kept=1");
    }

    @Test
    void aFlushOfParkedHeadsThatNobodyAskedFor() {
        refilled(H);
        cpu0.takes(
                new CpuMessage.Offline(DRIVER, OfflinePolicy.DRAIN, CPU1),
                out -> out.event(EventKind.WENT_OFFLINE, Head.NONE, 1));
        assertFirst(Invariant.I13, Head.NONE, "went offline and kept heads: policy=DRAIN, kept=1");
    }
}
