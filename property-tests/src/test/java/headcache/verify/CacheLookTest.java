package headcache.verify;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.cache.ArrayStackCache;
import headcache.cache.CachePolicy;
import headcache.cache.HeadCache;
import headcache.cpu.CpuStep;
import headcache.protocol.CpuId;
import headcache.protocol.Head;
import headcache.protocol.NodeId;
import headcache.skb.Kernel;
import headcache.step.EventKind;
import headcache.verify.CarelessCache.Mistake;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A look into a cache that is not what events make it finds what is wrong with it. */
final class CacheLookTest {
    private static final CpuId CPU0 = new CpuId(0);
    private static final CpuId CPU1 = new CpuId(1);
    private static final NodeId NODE0 = NodeId.of(0);
    private static final int H = Head.plain(0, 1);
    private static final int OTHER = Head.plain(0, 2);

    private final Now now = new Now();
    private final Findings findings = new Findings(now);
    private final StackRules events = new StackRules(CachePolicy.LINUX_5_12, Kernel.LINUX_5_12, findings);

    private final Set<Long> tried = new HashSet<>();

    private CacheLook look(HeadCache cache) {
        final CpuStep cpu = new CpuStep(CPU0, NODE0, HandPlayed.MACHINE.policy(), cache);
        return new CacheLook(CPU0, cpu.heads(), events, tried, findings);
    }

    private List<Invariant> found() {
        final List<Invariant> found = new ArrayList<>();
        findings.first().forEach(violation -> found.add(violation.invariant()));
        return found;
    }

    @Test
    void nothingIsFoundInACacheThatIsWhatEventsMakeIt() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        events.did(EventKind.PUT, H, 1);
        look.ended();
        look.othersTurn(CPU1);
        assertThat(found()).isEmpty();
    }

    @Test
    void aPutThatIsLost() {
        final CacheLook look = look(new CarelessCache(Mistake.LOSES_PUTS));
        events.did(EventKind.PUT, H, 1);
        look.ended();
        assertThat(found()).containsExactly(Invariant.I1);
    }

    @Test
    void aHeadThatIsStillThere() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        look.ended();
        assertThat(found()).containsExactly(Invariant.I2);
    }

    @Test
    void headsInAnotherOrder() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        cache.push(OTHER);
        events.did(EventKind.PUT, OTHER, 1);
        events.did(EventKind.PUT, H, 2);
        look.ended();
        assertThat(found()).containsExactly(Invariant.I5);
    }

    @Test
    void aFullCache() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        for (int index = 0; index < 64; index++) {
            cache.push(Head.plain(0, index));
        }
        look.ended();
        assertThat(found()).containsExactly(Invariant.I4);
    }

    @Test
    void aCacheThatSomebodyElseTouched() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        look.othersTurn(CPU1);
        assertThat(found()).containsExactly(Invariant.I10);
        assertThat(findings.first().get(0).facts())
                .isEqualTo("the cache of cpu-0 changed in a turn of cpu-1: parked=1, before=0");
    }

    @Test
    void aCacheThatNoticesNothing() {
        final HeadCache cache = new CarelessCache(Mistake.KEEPS_WHAT_IT_SPILLS);
        final CacheLook look = look(cache);
        cache.push(H);
        events.did(EventKind.PUT, H, 1);
        look.ended();
        assertThat(found()).containsExactly(Invariant.I16);

        look(cache).ended();
        assertThat(found()).as("in another run, too").containsExactly(Invariant.I16, Invariant.I16);
    }

    @Test
    void aHeadThatIsMarkedParkedThoughItLeft() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        look.did(EventKind.GET, H, 0);
        look.ended();
        assertThat(found()).as("by its mark and by its slot").containsExactly(Invariant.I2, Invariant.I2);
    }

    @Test
    void aHeadThatComesBackInTheStepInWhichItLeft() {
        final HeadCache cache = new ArrayStackCache(CachePolicy.LINUX_5_12, CPU0);
        final CacheLook look = look(cache);
        cache.push(H);
        look.did(EventKind.GET, H, 0);
        events.did(EventKind.PUT, H, 1);
        look.did(EventKind.PUT, H, 1);
        look.ended();
        assertThat(found()).isEmpty();
    }
}
