package headcache.verify.scene;

import static headcache.verify.scene.SceneWords.CPU0;
import static headcache.verify.scene.SceneWords.CPU1;
import static headcache.verify.scene.SceneWords.cache;
import static headcache.verify.scene.SceneWords.call;
import static headcache.verify.scene.SceneWords.get;
import static headcache.verify.scene.SceneWords.machine;
import static headcache.verify.scene.SceneWords.pages;
import static headcache.verify.scene.SceneWords.put;

import headcache.cpu.CpuPolicy;
import headcache.machine.MachineConfig;
import headcache.protocol.OfflinePolicy;
import headcache.protocol.Op;
import headcache.protocol.Verdict;
import headcache.protocol.WayIn;
import headcache.skb.CodePath;
import headcache.skb.Kernel;
import headcache.verify.Command;
import java.util.List;

/** Scenes with what review dropped from the series: the first two versions end a softirq by asking the slab for heads. */
public final class SeriesScenes {
    /** All there are. */
    public static final List<Scene> ALL = List.of(
            new Scene(
                    "top-up-races-refill",
                    "A softirq ends short of heads and asks for some, while another CPU wants the last there are.",
                    toppedUp(),
                    List.of(
                            List.of(get(CPU0, 0), call(CPU0, new Op.PollEnd()), put(CPU0, 0)),
                            List.of(get(CPU1, 0), put(CPU1, 0), call(CPU1, new Op.PollEnd())))),
            new Scene(
                    "poll-waits-for-top-up",
                    "A poll is over but for its top-up, and a hard interrupt frees an skb on its CPU.",
                    toppedUp(),
                    List.of(
                            List.of(new Command.Poll(CPU0, new int[0], dropped(1))),
                            List.of(get(CPU1, 0), get(CPU1, 1), new Command.Interrupt(CPU0, 0), put(CPU0, 1)))),
            new Scene(
                    "offline-during-top-up",
                    "A CPU is told to go offline while it waits for its top-up, which it must take along.",
                    toppedUp(),
                    List.of(
                            List.of(get(CPU0, 0), call(CPU0, new Op.PollEnd()), put(CPU0, 0)),
                            List.of(
                                    new Command.Offline(CPU0, OfflinePolicy.HAND_OVER, CPU1),
                                    new Command.Online(CPU0)))));

    private SeriesScenes() {}

    /** Two CPUs on v1 with arrays of two, of which a node has heads for two. */
    private static MachineConfig toppedUp() {
        final MachineConfig before = machine(2, 1, cache(4, 2, 2), pages(2, 2));
        return before.with(new CpuPolicy(
                before.policy().cache(),
                Kernel.LINUX_5_12.with(CodePath.BALANCE_AFTER_SOFTIRQ),
                before.policy().acknowledged(),
                before.policy().backlogLimit()));
    }

    private static Command.Frames dropped(int count) {
        return new Command.Frames(count, WayIn.NAPI_ALLOC_SKB_FRAG, Verdict.DROP, 0, null, 0);
    }
}
