package headcache.workload.conform;

import static org.assertj.core.api.Assertions.assertThat;

import headcache.machine.RunningMachine.Threads;
import headcache.workload.trace.InitialState;
import headcache.workload.trace.InitialStateReader;
import headcache.workload.trace.RecordingReader;
import headcache.workload.trace.TraceSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that a recording may hold, and each thing that may be wrong with one, in a few rows. */
final class SmallRecordingsTest {
    private static final String REFILL = "0,bulk_alloc,1;2;3;4;5;6;7;8;9;10;11;12;13;14;15;16,n=16";
    private static final String GET = "0,get,16,count=15 site=napi_build_skb";
    private static final String CONSUME = "via=napi_consume_skb caller=e1000_clean_tx_irq";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void failedRefillAndFailedGet() throws IOException {
        final Conformance result = conform(
                "0,bulk_alloc,,n=0",
                "0,get,,failed=1 site=__napi_alloc_skb",
                REFILL,
                GET,
                "1,poll,,dev=eth0 work=1 budget=64");
        assertConforms(result, 4, 2);
    }

    @Test
    void failedGetThatDidNotFail() throws IOException {
        final Conformance result = conform(REFILL, "0,get,,failed=1 site=napi_build_skb");
        assertFirst(result, Check.RULE, 3, "get failed count=-1 site=napi_build_skb", "GET object=16 count=15");
    }

    @Test
    void countsThatAreNotThoseOfTheCache() throws IOException {
        assertFirst(
                conform(REFILL, "0,get,16,count=14 site=napi_build_skb"),
                Check.RULE,
                3,
                "get object=16 count=14 site=napi_build_skb",
                "GET object=16 count=15");
        assertFirst(
                conform(REFILL, GET, "0,put,16,count=17 " + CONSUME),
                Check.RULE,
                4,
                "put object=16 count=17 " + CONSUME,
                "PUT object=16 count=16");
    }

    @Test
    void everyKindOfSingleCallInEveryContext() throws IOException {
        final Conformance result = conform(
                "0,slab_alloc,1,cache=head site=__alloc_skb node=-1 gfp=GFP_KERNEL ctx=task",
                "0,slab_alloc,2,cache=fclone site=__alloc_skb node=-1 gfp=GFP_KERNEL ctx=task",
                "0,slab_alloc,3,cache=head site=skb_clone node=-1 gfp=GFP_ATOMIC ctx=softirq",
                "0,slab_alloc,4,cache=head site=__netdev_alloc_skb node=-1 gfp=GFP_ATOMIC ctx=hardirq",
                "0,slab_alloc,5,cache=head site=build_skb node=-1 gfp=GFP_ATOMIC ctx=softirq",
                "0,slab_free,2,cache=fclone site=e1000_unmap_and_free_tx_resource ctx=softirq",
                "0,slab_free,1,cache=head site=e1000_unmap_and_free_tx_resource budget0=1 ctx=softirq",
                "0,slab_free,3,cache=head site=skb_release_data ctx=task",
                "0,slab_free,4,cache=head site=udp_recvmsg ctx=hardirq",
                "0,put,5,count=1 " + CONSUME);
        assertConforms(result, 1, 10);
    }

    @Test
    void requestsForAnotherNodeGoThere() throws IOException {
        final Conformance result = conform(
                "0,slab_alloc,1,cache=head site=__alloc_skb node=1 gfp=GFP_ATOMIC ctx=softirq home=1",
                "1,slab_alloc,2,cache=head site=__alloc_skb node=0 gfp=GFP_ATOMIC ctx=task home=0",
                "0,slab_free,2,cache=head site=tcp_ack ctx=softirq home=0",
                "0,put,1,count=1 " + CONSUME + " home=1");
        assertConforms(result, 1, 4);
        assertThat(result.remote()).contains(new Conformance.Remote(0, 1, 0));
    }

    @Test
    void interruptsMayComeBetweenARefillAndItsGet() throws IOException {
        assertConforms(
                conform(REFILL, "0,slab_alloc,20,cache=head site=__alloc_skb node=-1 gfp=GFP_ATOMIC ctx=hardirq", GET),
                2,
                2);
    }

    @Test
    void refillsWithoutTheirGet() throws IOException {
        assertFirst(conform(REFILL), Check.RULE, 2, "bulk_alloc n=16 [1;2;3;4;5;6;7 ... 16]", "no get follows it");
        assertFirst(
                conform(REFILL, "0,poll,,dev=eth0 work=1 budget=64", GET),
                Check.RULE,
                2,
                "bulk_alloc n=16 [1;2;3;4;5;6;7 ... 16]",
                "no get follows it directly");
        assertFirst(
                conform("0,put,20,count=1 " + CONSUME, REFILL, "0,get,16,count=16 site=napi_build_skb"),
                Check.RULE,
                3,
                "bulk_alloc n=16 [1;2;3;4;5;6;7 ... 16]",
                "asks the slab for nothing");
    }

    @Test
    void gettingWithoutTheRefill() throws IOException {
        assertFirst(
                conform("0,put,20,count=1 " + CONSUME, "0,get,20,count=0 site=napi_build_skb", GET),
                Check.RULE,
                4,
                "get object=16 count=15 site=napi_build_skb",
                "asks the slab for 16, which was not recorded here");
    }

    @Test
    void spillsThatWereNotRecordedOrRecordedAlone() throws IOException {
        assertFirst(
                conform(REFILL, GET, "0,bulk_free,15;14,n=2 via=napi_consume_skb kept=1"),
                Check.RULE,
                4,
                "bulk_free n=2 [15;14] kept n=1 [1] via=napi_consume_skb",
                "no put precedes it directly");
    }

    @Test
    void callsThatTookTheOtherWay() throws IOException {
        final Conformance past =
                conform(REFILL, GET, "0,slab_free,16,cache=head site=e1000_unmap_and_free_tx_resource ctx=softirq");
        assertFirst(
                past,
                Check.ROUTE,
                4,
                "slab_free object=16 site=e1000_unmap_and_free_tx_resource cache=head ctx=softirq",
                "napi_consume_skb goes to the cache: PUT object=16");
        assertThat(past.routeMismatches()).isEqualTo(1);
        assertThat(past.routes()).isEqualTo(2);
        final Conformance into = conform(REFILL, GET, "0,get,15,count=14 site=build_skb");
        assertThat(into.routeMismatches()).isEqualTo(1);
        assertThat(into.first().orElseThrow().mismatch().actual()).startsWith("build_skb goes past the cache: ");
    }

    @Test
    void aHeadThatIsPutTwiceEndsItsCpusPartOnly() throws IOException {
        final Conformance result = conform(
                REFILL,
                GET,
                "0,put,16,count=16 " + CONSUME,
                "0,put,16,count=17 " + CONSUME,
                "0,put,15,count=17 " + CONSUME,
                "1,put,20,count=1 " + CONSUME);
        final Mismatch mismatch = result.first().orElseThrow().mismatch();
        assertThat(mismatch.check()).isEqualTo(Check.RULE);
        assertThat(mismatch.row()).isEqualTo(3);
        assertThat(mismatch.actual()).startsWith("refuses: USE_AFTER_FREE: head=n0/16 at=cpu-0");
        assertThat(result.notReached()).isEqualTo(2);
        assertThat(result.routes()).isEqualTo(3);
        assertThat(result.counts()).containsEntry(Check.RULE, 1L).containsEntry(Check.PLACE, 2L);
    }

    @Test
    void aHeadInTwoPlaces() throws IOException {
        final Conformance result = conform(REFILL, GET, "1,put,3,count=1 " + CONSUME);
        assertFirst(
                result,
                Check.PLACE,
                4,
                "put object=3 count=1 " + CONSUME + ", object 3 being in use",
                "object 3 is in the cache of cpu 0 since line 2");
        assertThat(result.mismatches()).isEqualTo(1);
        assertThat(result.first().orElseThrow().place()).isEqualTo(folder.resolve("t.csv") + ":4");
        assertThat(result.first().orElseThrow().history())
                .containsExactly("line 4 cpu 1 put object=3 count=1 via=napi_consume_skb caller=e1000_clean_tx_irq");
    }

    @Test
    void remoteHeadsThatTheModelDidNotGet() throws IOException {
        final Conformance result =
                conform(REFILL + " homes=0000000000000000", "0,get,99,count=15 site=napi_build_skb home=1");
        assertThat(result.counts()).containsEntry(Check.RULE, 1L).containsEntry(Check.HOME, 1L);
        assertThat(result.mismatches()).isEqualTo(2);
        assertFirst(result, Check.RULE, 3, "get object=99 count=15 site=napi_build_skb", "GET object=16 count=15");
    }

    @Test
    void aHeadInTwoPlacesFromTheBeginning() throws IOException {
        write("1,put,5,count=1 " + CONSUME);
        final Conformance result = conform(initial("t,0,2,5;6,2"));
        assertFirst(
                result,
                Check.PLACE,
                2,
                "put object=5 count=1 " + CONSUME + ", object 5 being in use",
                "object 5 is in the cache of cpu 0");
    }

    @Test
    void missingRowsAreCounted() throws IOException {
        Files.writeString(
                folder.resolve("t.csv"),
                "seq,cpu,event,object,detail\n7," + REFILL + "\n8," + GET + "\n12,1,poll,,dev=e work=0 budget=64\n");
        final Conformance result = conform(InitialState.NONE);
        assertThat(result.counts()).containsEntry(Check.COMPLETE, 3L);
        assertFirst(result, Check.COMPLETE, 4, "seq counts without gaps", "rows are missing before this one");
    }

    @Test
    void cachesAtTheEnd() throws IOException {
        write(REFILL, GET);
        assertThat(conform(initial("t,0,0,,15")).conforms()).isTrue();
        final Conformance result = conform(initial("t,0,0,,14"));
        assertThat(result.counts()).containsEntry(Check.FINAL_COUNT, 1L);
        assertThat(result.first().orElseThrow().mismatch().actual()).isEqualTo("heads in the cache at the end=15");
        final Conformance silent = conform(initial("t,0,0,,15\nt,3,2,?;?,1"));
        assertThat(silent.counts()).containsEntry(Check.FINAL_COUNT, 1L);
        assertThat(silent.finalCounts()).isEqualTo(2);
    }

    private static void assertConforms(Conformance result, int events, int routes) {
        assertThat(result.first()).isEmpty();
        assertThat(result.conforms()).isTrue();
        assertThat(result.events()).isEqualTo(events);
        assertThat(result.routes()).isEqualTo(routes);
        assertThat(result.skipped()).isZero();
    }

    private static void assertFirst(Conformance result, Check check, int line, String expected, String actual) {
        final Conformance.First first = result.first().orElseThrow();
        assertThat(first.mismatch())
                .isEqualTo(new Mismatch(check, line - 2, first.mismatch().cpu(), expected, actual));
        assertThat(result.conforms()).isFalse();
    }

    private Conformance conform(String... rows) throws IOException {
        write(rows);
        return conform(InitialState.NONE);
    }

    private void write(String... rows) throws IOException {
        final StringBuilder text = new StringBuilder("seq,cpu,event,object,detail\n");
        for (int i = 0; i < rows.length; i++) {
            text.append(i + 1).append(',').append(rows[i]).append('\n');
        }
        Files.writeString(folder.resolve("t.csv"), text);
    }

    private InitialState initial(String rows) throws IOException {
        final Path file = folder.resolve(TraceSource.INITIAL_STATE);
        Files.writeString(file, "trace,cpu,count,objects_bottom_first,final_count\n" + rows + "\n");
        return InitialStateReader.read(TraceSource.of(file.toString()));
    }

    private Conformance conform(InitialState initial) {
        final ConformSettings settings = new ConformSettings(ConformSettings.LINUX_5_12.policy(), List.of());
        return new Conformer(settings, Threads.all())
                .conform(
                        RecordingReader.read(
                                TraceSource.of(folder.resolve("t.csv").toString())),
                        initial);
    }
}
