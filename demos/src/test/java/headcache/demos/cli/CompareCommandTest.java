package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import headcache.metrics.Metric;
import headcache.policy.Policies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code compare} tells people and programs, and how it refuses. */
final class CompareCommandTest {

    @Test
    void showsPoliciesSideBySideOnTheSameWork() {
        final Cli run =
                Cli.run("compare --policies linux-5.12,dpdk-26.03,no-cache --workloads one-way,burst --packets 5000"
                        + " --no-html");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                compare: packets=5000 seed=1
                for each packet: contacts, and the least that there could be; singles; messages; cycles
                hits: allocations without the slab; remote: frees to another node; parked: mean, and peak of a CPU

                one-way: packets=5000 cpus=2 nodes=1
                policy      contacts   least  singles  messages  hits  remote  parked  peak  cycles
                linux-5.12    0.0936  0.0314    0.000     0.094  0.0%    0.0%    27.9    64    24.4
                dpdk-26.03    0.0258  0.0206    0.000     0.026  0.0%    0.0%    40.7    97    24.3
                no-cache      0.0000       -    2.000     2.000  0.0%    0.0%     0.0     0    47.0

                burst: packets=5000 cpus=2 nodes=1
                policy      contacts   least  singles  messages   hits  remote  parked  peak  cycles
                linux-5.12    0.0612  0.0204    0.000     0.061  34.1%    0.0%    28.6    64    19.7
                dpdk-26.03    0.0248  0.0204    0.000     0.025   3.8%    0.0%    40.5    97    23.7
                no-cache      0.0000       -    2.000     2.000   0.0%    0.0%     0.0     0    47.0

                repeat: ./headcache compare --policies linux-5.12,dpdk-26.03,no-cache --workloads one-way,burst --packets 5000 --seed 1 --no-html
                """);
        assertThat(run.err()).isEmpty();
    }

    @Test
    void programsGetALineForEachRun() throws Exception {
        final String words = "compare --policies linux-5.12,no-cache --workloads burst --packets 1000 --format ";

        assertThat(Cli.run(words + "csv").out()).isEqualTo("""
                workload,policy,holds,packets,contacts,least,singles,messages,hitRate,failedGets,drops,refill,spill,batchFill,longestBulk,contactGap,cached,cacheFull,released,ring,ringFull,parkedMean,parkedPeak,idleMean,idlePeak,workingSet,fragmentation,fragmentationAtPeak,blowUp,starvation,remoteFrees,otherCpu,otherNode,reuseMedian,warm,falseSharing,cycles,getP50,getP99,getP999,getMost,wrong
                burst,linux-5.12,true,1000,0.066000,0.022000,0.000000,0.066000,0.264000,0,0,16.000000,32.000000,1.000000,16,16,0.980000,0.020000,0.000000,,,27.952000,64,71.152000,112,88.000000,1.663350,1.000000,1.600000,0.000000,0.000000,0.000000,0.000000,149,0.128000,0.042215,20.128000,4.000000,140.000000,140.000000,140.000000,
                burst,no-cache,true,1000,0.000000,,2.000000,2.000000,0.000000,0,0,,,,,,0.000000,0.000000,1.000000,,,0.000000,0,0.500000,1,1.000000,1.203883,1.000000,1.000000,0.000000,0.000000,0.000000,0.000000,141,0.208000,0.000000,47.000000,23.500000,23.500000,23.500000,23.500000,
                """);
        final JsonNode document =
                new ObjectMapper().readTree(Cli.run(words + "json").out());
        assertThat(document.path("runs")).hasSize(2);
        assertThat(document.path("runs").get(0).path("packets").asLong()).isEqualTo(1000);
        assertThat(document.path("runs").get(0).path("longestBulk").asLong()).isEqualTo(16);
        assertThat(document.path("runs").get(1).has("least")).isFalse();
        assertThat(document.path("runs").get(1).has("wrong")).isFalse();
        assertThat(document.path("repeat").asText()).endsWith("--packets 1000 --seed 1");
    }

    @Test
    void runsAllPoliciesOnARecordingAndFitsATerminal() {
        final Cli run = Cli.run("compare --no-html --workloads numa_two_nodes");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines()).hasSize(9 + Policies.ALL.size()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void showsTheFiguresThatAreAskedFor() {
        final Cli run = Cli.run("compare --policies linux-5.12,magazines --workloads burst --packets 5000"
                + " --metrics exits,getMost,hitRate --no-html");

        assertThat(run.out()).isEqualTo("""
                compare: packets=5000 seed=1
                cached: frees that a cache had room for
                cache_full: frees that made a cache give heads back
                released: frees past the cache
                ring: heads that reached a middle layer, for each free
                ring_full: heads that it gave back to the slab, for each free
                longest: cycles of the longest allocation
                hits: allocations that needed no head from the slab

                burst: packets=5000 cpus=2 nodes=1
                policy      cached  cache_full  released   ring  ring_full
                linux-5.12   98.0%        2.0%      0.0%      -          -
                magazines    98.0%        2.0%      0.0%  62.0%       0.0%

                policy      longest   hits
                linux-5.12    140.0  34.1%
                magazines     131.5  97.2%

                repeat: ./headcache compare --policies linux-5.12,magazines --workloads burst --metrics exits,getMost,hitRate --packets 5000 --seed 1 --no-html
                """);
    }

    /** A figure that is asked for twice has one column. */
    @Test
    void showsNoFigureTwice() {
        final Cli run = Cli.run("compare --policies no-cache --workloads burst --packets 500"
                + " --metrics hitRate,memory,hitRate --metrics memory --no-html");

        assertThat(run.out().lines().filter(line -> line.startsWith("policy ")))
                .containsExactly(
                        "policy    parked  peak  idle  most  set  pages  at peak  blow-up  starved", "policy    hits");
    }

    @Test
    void limitsMemorySoThatGetsFail() {
        final Cli run = Cli.run("compare --policies no-cache,linux-5.12,linux-6.19 --workloads"
                + " memory-pressure,idle-hoard --page-limit 16 --metrics failedGets,starvation --no-html");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                compare: packets=20000 seed=1 page-limit=16
                failed: gets that found the cache empty and the slab without a refill
                starved: allocations that failed while heads lay idle elsewhere

                memory-pressure: packets=20000 cpus=2 nodes=1
                policy      failed  starved
                no-cache         0     0.0%
                linux-5.12   13866     1.3%
                linux-6.19   13866     1.4%

                idle-hoard: packets=20000 cpus=16 nodes=1
                policy      failed  starved
                no-cache         0     0.0%
                linux-5.12    5925    29.6%
                linux-6.19   10119    50.6%

                repeat: ./headcache compare --policies no-cache,linux-5.12,linux-6.19 --workloads memory-pressure,idle-hoard --metrics failedGets,starvation --packets 20000 --seed 1 --page-limit 16 --no-html
                """);
        assertThat(run.err()).isEmpty();
    }

    /** Every policy comes to its end with short memory, misses some packets, and loses no head. */
    @Test
    void everyPolicySurvivesShortMemory() throws Exception {
        final JsonNode runs = new ObjectMapper()
                .readTree(Cli.run("compare --workloads memory-pressure,idle-hoard,numa-cross --page-limit 4"
                                + " --packets 5000 --format json")
                        .out())
                .path("runs");

        assertThat(runs).hasSize(3 * Policies.ALL.size());
        assertThat(runs).allMatch(run -> run.path("holds").asBoolean());
        assertThat(runs).filteredOn(run -> run.path("drops").asLong() == 0).allSatisfy(run -> {
            assertThat(run.path("workload").asText()).isEqualTo("idle-hoard");
            assertThat(run.path("policy").asText()).isIn("no-cache", "linux-5.11");
        });
    }

    @Test
    void sweepsAndPartingsHaveTheLimitToo() {
        final Cli sweep = Cli.run("compare --sweep capacity=64..128 --workloads idle-hoard --packets 5000"
                + " --page-limit 16 --metrics failedGets --no-html");
        final Cli parting =
                Cli.run("compare --diverge linux-5.12,linux-128 --workloads idle-hoard --packets 2000 --page-limit 2");

        assertThat(sweep.out().lines().filter(line -> line.contains("/16/")))
                .containsExactly("64/16/32      942", "128/16/32    2145");
        assertThat(parting.out())
                .startsWith("diverge: linux-5.12 from linux-128, packets=2000 seed=1 page-limit=2\n")
                .contains("\nthe rest of the run       1,543      1,655        -112\n")
                .endsWith(" --packets 2000 --seed 1 --page-limit 2\n");
    }

    /** All the figures there are, of all policies: each group has a table that fits a terminal. */
    @Test
    void everyTableFitsATerminal() {
        final Cli run = Cli.run("compare --workloads burst --packets 500 --metrics all --no-html");

        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out().lines().filter(line -> line.startsWith("policy "))).hasSize(6);
    }

    @Test
    void showsWherePoliciesPartAndWhatFollows() {
        final Cli run = Cli.run("compare --diverge linux-5.12,linux-128 --workloads burst --packets 5000");

        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).isEqualTo("""
                diverge: linux-5.12 from linux-128, packets=5000 seed=1

                burst: the first 16 operations are the same; then they part
                policy      operation        where its head comes from or goes to
                linux-5.12  get 17 of cpu-0  finds the cache empty, fetches 16 in bulk, takes one: 15 left
                linux-128   get 17 of cpu-0  takes one of 16 in the cache: 15 left

                contacts within      linux-5.12  linux-128  difference
                10 operations                 1          0           1
                100 operations                6          3           3
                1,000 operations             35         15          20
                the rest of the run         305        105         200

                repeat: ./headcache compare --workloads burst --diverge linux-5.12,linux-128 --packets 5000 --seed 1
                """);
        assertThat(run.err()).isEmpty();
    }

    /** The document has a row for each figure, and the printed example is what is printed. */
    @Test
    void isToldOfInTheDocumentation() throws Exception {
        final String document = Files.readString(Path.of("..", "docs", "compare.md"));

        for (final Metric metric : Metric.values()) {
            assertThat(document)
                    .contains("\n| " + metric.label() + " | " + metric.column() + " | " + metric.meaning() + " |\n");
        }
        final List<String> printed = Cli.run("compare --diverge linux-5.12,linux-128 --workloads burst --packets 5000")
                .out()
                .lines()
                .toList();
        assertThat(document)
                .contains(printed.subList(2, printed.size() - 2).stream()
                        .map(line -> ("    " + line).stripTrailing())
                        .collect(Collectors.joining("\n")));
        assertThat(Files.readString(Path.of("..", "README.md"))).contains(Metric.values().length + " figures");
    }

    @Test
    void programsGetALineForEachWorkload() throws Exception {
        final String words =
                "compare --diverge linux-5.12,linux-5.12 --workloads burst,one-way --packets 600 --format ";

        assertThat(Cli.run(words + "csv").out()).isEqualTo("""
                workload,first,second,parts,same,firstOperation,firstDoes,secondOperation,secondDoes,first10,second10,first100,second100,first1000,second1000,firstRest,secondRest
                burst,linux-5.12,linux-5.12,false,1200,,,,,,,,,,,0,0
                one-way,linux-5.12,linux-5.12,false,1200,,,,,,,,,,,0,0
                """);
        final JsonNode document =
                new ObjectMapper().readTree(Cli.run(words + "json").out());
        assertThat(document.path("runs")).hasSize(2);
        assertThat(document.path("runs").get(0).path("same").asInt()).isEqualTo(1200);
        assertThat(document.path("runs").get(0).has("firstDoes")).isFalse();
    }

    @Test
    void sweepsDoubleEachRangeAndLeaveOutWhatNoCacheCanBe() {
        final Cli run = Cli.run(
                "compare --sweep capacity=16..50,refill=8..32,spill=16 --workloads burst --packets 500 --format csv");

        assertThat(run.out().lines().skip(1).map(line -> line.split(",", -1)[1]))
                .containsExactly(
                        "16/8/16", "16/16/16", "32/8/16", "32/16/16", "32/32/16", "50/8/16", "50/16/16", "50/32/16");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--policies linux5.12 | no policy of that name: policy=linux5.12; did you mean linux-5.12,",
                "--workloads brust | no workload or file of that name: workload=brust; did you mean burst?",
                "--sweep capacity=3..1 | impossible range: capacity=3..1 must go up from 1 or more",
                "--sweep foo=1 | nothing to sweep: foo; there are capacity, refill, spill",
                "--sweep capacity | no range: capacity; write capacity=16..256",
                "--sweep capacity=8,capacity=9 | swept twice: capacity",
                "--sweep capacity=x | no range: capacity=x; write capacity=16..256",
                "--sweep capacity=70000 | impossible cache policy: capacity=70000 must be 1 to 65535",
                "--sweep capacity=8 --policies linux-5.12 | a sweep varies linux-5.12: leave out --policies",
                "--sweep refill=70,capacity=60 | impossible sweep: caches=0 must be 1 to 200",
                "--sweep capacity=100..999,refill=1..64,spill=1..64 | impossible sweep: caches=245 must be 1 to 200",
                "--metrics hitrate,contacts | no metric of that name: metric=hitrate; did you mean hitRate?",
                "--metrics localty | no metric of that name: metric=localty; did you mean locality?",
                "--diverge linux-5.12 | two policies can part, not 1: write --diverge linux-5.12,linux-128",
                "--diverge linux-5.12,linux-123 | no policy of that name: policy=linux-123; did you mean linux-128",
                "--diverge linux-5.12,linux-128 --metrics all | --diverge compares no figures: leave out --policies,",
                "--html x.html --no-html | either --html or --no-html",
                "--policies , | no names: --policies ,; leave it out, or name some",
                "--workloads , | no names: --workloads ,; leave it out, or name some",
                "--sweep , | no names: --sweep ,; leave it out, or name some",
                "--diverge , | no names: --diverge ,; leave it out, or name some",
                "--metrics ,, | no names: --metrics ,,; leave it out, or name some",
                "--sweep capacity=16..16 | impossible sweep: caches=0 must be 1 to 200; capacity=16 refill=16 spill=32; no refill",
                "--page-limit -1 | impossible slab: pageLimit=-1 must be 0 to 2147483647",
                "--packets 0 | impossible traffic: packets=0 must be 1 or more"
            })
    void wrongOptionsAreToldPlainly(String options, String message) {
        final Cli run = Cli.run("compare " + options);

        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err()).startsWith("headcache compare: " + message);
    }
}
