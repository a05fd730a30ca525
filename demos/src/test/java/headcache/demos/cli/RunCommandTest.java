package headcache.demos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code headcache run} writes, and how it ends. */
final class RunCommandTest {

    @Test
    void tellsWhatWentHome() {
        assertThat(Cli.run("run one-way --packets 1000 --policy linux-6.19 --deterministic")
                        .out())
                .contains("sent home   1,000 skbs to defer lists, 40 still there; 0 refused; 0 softirqs raised");
    }

    /** What lies in a depot is not in use, and gets that it served are no hits of a cache. */
    @Test
    void tellsWhatIsInADepot() throws JsonProcessingException {
        final String words = "run one-way --packets 20000 --policy magazines --deterministic";
        final Cli run = Cli.run(words);

        assertThat(run.out().lines())
                .contains(
                        "cpu-0  20,000       0       0      0.0%      768       0        768      0      28",
                        "depot       1,412 trades: 642 gave a full magazine, 126 found none, 644 brought one, 0 in vain",
                        "            every head accounted for: of 126 heads 64 were parked and 0 in use at the end",
                        "            62 of them in depots or on defer lists")
                .allMatch(line -> line.length() <= 100);
        final JsonNode json =
                new ObjectMapper().readTree(Cli.run(words + " --format json").out());
        assertThat(json.path("depots").get(0).path("heads").asInt()).isEqualTo(62);
        assertThat(json.path("cpus").get(0).path("hitRate").asDouble()).isZero();
    }

    /** Another run trades, posts and hands back in another order: nothing that CPUs count is the same then. */
    @ParameterizedTest
    @ValueSource(strings = {"magazines", "sheaves", "snmalloc", "linux-6.19"})
    void marksWhatDependsOnWhoCameFirst(final String policy) {
        final Cli run = Cli.run("run one-way --packets 20000 --parallelism 2 --policy " + policy);

        assertThat(run.out().lines().filter(line -> line.startsWith("all ")))
                .singleElement(STRING)
                .startsWith("all    ~20,000      ~0");
    }

    @Test
    void defaultIsTheRecordedRouter() {
        final Cli run = Cli.run("run --deterministic");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.err()).isEmpty();
        assertThat(run.outWithoutTimes()).isEqualToNormalizingNewlines("""
                        run: workload=vlan_nat_pair seed=1 packets=8794 repeat=1
                             cpus=2 nodes=1 page-limit=131072 deterministic=true parallelism=1
                             kernel=v5.12 capacity=64 refill=16 spill=32 spill-end=newest spill-ack=true
                        vlan_nat_pair: Linux 6.1: a VLAN and NAT router; heads taken on one CPU often come back on the other

                        cpu     gets  failed   puts  hit rate  refills  spills  suspended  drops  parked
                        cpu-0  6,791       0  4,134     58.5%      176       4        384      0      31
                        cpu-1  1,568       0  4,510     99.0%        1      91        255      0      46
                        all    8,359       0  8,644     66.1%      177      95        639      0      77

                                        free    bulk   bulk  single  single  sync ops per  remote  remote  longest
                        node    pages  heads  allocs  frees  allocs   frees     bulk free     out      in     walk
                        node-0      4     51     177     95     435     150           3.0       0       0        0

                        packets     8,794 in TIME s, RATE packets/s, the ledger included; mostly the JVM's start
                        per packet  0.031 contacts with slabs, 0.097 messages to slabs
                        failed      0 gets, 0 of them while heads were parked elsewhere; 0 operations cancelled

                        verdict     holds
                                    every head accounted for: of 160 heads 77 were parked and 0 in use at the end
                                    none in two places in 70,212 events, and what skbs held released once
                                    all home after the drain: 160 of 160
                        repeat: ./headcache run vlan_nat_pair --seed 1 --deterministic
                        """);
        assertThat(run.outWithoutTimes().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void showsWhatLittleMemoryAndCrossingNodesDo() {
        final Cli run = Cli.run("run numa-cross --packets 20000 --page-limit 4 --deterministic");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.outWithoutTimes().lines().skip(5).takeWhile(line -> !line.startsWith("verdict")))
                .containsExactly(
                        "cpu      gets  failed    puts  hit rate  refills  spills  suspended  drops  parked",
                        "cpu-0   5,201     327   4,818     45.5%      166      81        860      0       8",
                        "cpu-1   4,522     389   4,034     50.4%      128      60        846      0      29",
                        "cpu-2   5,157     601   5,160     50.5%      141      88      1,096      0      44",
                        "cpu-3   4,097     256   4,393     52.9%      113      73        644      0      24",
                        "all    18,977   1,573  18,405     49.6%      548     302      3,446      0     105",
                        "",
                        "                free    bulk   bulk  single  single  sync ops per  remote  remote  longest",
                        "node    pages  heads  allocs  frees  allocs   frees     bulk free     out      in     walk",
                        "node-0      4     69   1,010    959     468       0           1.9   5,408   8,017        3",
                        "node-1      4     82   1,111    900     555       0           1.7   4,192   6,213        3",
                        "",
                        "packets     18,405 in TIME s, RATE packets/s, the ledger included; mostly the JVM's start",
                        "per packet  0.132 contacts with slabs, 0.202 messages to slabs",
                        "failed      1,573 gets, 1,573 of them while heads were parked elsewhere; 3,190 operations"
                                + " cancelled",
                        "");
    }

    @Test
    void auditShowsThatEachCutAddsUp() {
        final Cli run = Cli.run("run --deterministic --audit 2000");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.outWithoutTimes().lines().skip(2).limit(2))
                .containsExactly(
                        "     kernel=v5.12 capacity=64 refill=16 spill=32 spill-end=newest spill-ack=true",
                        "     audit=2000");
        assertThat(run.outWithoutTimes().lines().skip(19).limit(7))
                .containsExactly(
                        "     packets   messages               in      in        in   in",
                        "cut     done  under way  heads of  slabs  caches  messages  use  sum  all",
                        "  1    2,000          1  node-0       50      68         1    9  128  128",
                        "  2    4,015          1  node-0       64      60         1    3  128  128",
                        "  3    6,015          1  node-0       80      47         1    0  128  128",
                        "  4    8,015          1  node-0       24     100         1    3  128  128",
                        "  5    8,794          0  node-0       51      77         0    0  128  128");
        assertThat(run.out().lines())
                .contains(
                        "            every head found in exactly one place in each of 5 cuts through the running machine",
                        "repeat: ./headcache run vlan_nat_pair --seed 1 --audit 2000 --deterministic");
    }

    @Test
    void auditChangesNoFigureOfTheRun() {
        final List<String> without =
                Cli.run("run --deterministic").outWithoutTimes().lines().toList();
        final List<String> with = Cli.run("run --deterministic --audit 700")
                .outWithoutTimes()
                .lines()
                .toList();
        assertThat(with.subList(6, 19)).isEqualTo(without.subList(5, 18));
    }

    @Test
    void auditCountsTwinsAndEachNodeByItself() throws JsonProcessingException {
        final Cli run = Cli.run("run tcp_rx_pair --deterministic --nodes 2 --audit 3000 --format json");
        final JsonNode audit = new ObjectMapper().readTree(run.out()).path("audit");
        assertThat(names(audit)).containsExactly("cuts", "addUp", "each");
        assertThat(names(audit.path("each").get(0)))
                .containsExactly("cut", "packets", "messages", "addsUp", "heads", "faults");
        assertThat(names(audit.path("each").get(0).path("heads").get(0)))
                .containsExactly("of", "inSlabs", "inCaches", "inMessages", "inUse", "all");
        assertThat(audit.path("addUp").asBoolean()).isTrue();
        assertThat(audit.path("each").get(0).path("heads").findValuesAsText("of"))
                .containsExactly("node-0", "node-0 twins", "node-1", "node-1 twins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void auditTakesTheSameCutsAgain(final String format) {
        final String words = "run numa-cross --packets 5000 --seed 7 --page-limit 3 --audit 300 --deterministic"
                + " --format " + format;
        assertThat(Cli.run(words).outWithoutTimes())
                .isEqualTo(Cli.run(words).outWithoutTimes())
                .hasSizeGreaterThan(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv"})
    void sameSeedSameBytes(final String format) {
        final String words = "run numa-cross --packets 5000 --seed 7 --page-limit 3 --deterministic --format " + format;
        final Cli first = Cli.run(words);
        final Cli second = Cli.run(words);
        assertThat(first.outWithoutTimes()).isEqualTo(second.outWithoutTimes()).hasSizeGreaterThan(1000);
        assertThat(first.err()).isEqualTo(second.err());
        assertThat(Cli.run(words.replace("--seed 7", "--seed 8")).outWithoutTimes())
                .isNotEqualTo(
                        first.outWithoutTimes().replace("--seed 7", "--seed 8").replace("seed=7", "seed=8"));
    }

    @Test
    void repeatsByTheCommandThatItPrints() {
        final Cli first = Cli.run("run burst --packets 2000 --capacity 32 --refill 8 --spill 31 --spill-end oldest"
                + " --no-spill-ack --page-limit 40 --repeat 2 --seed -5 --cpus 3 --nodes 2 --deterministic");
        final String repeat =
                first.out().lines().toList().get(first.out().lines().toList().size() - 1);
        assertThat(repeat)
                .isEqualTo("repeat: ./headcache run burst --seed -5 --cpus 3 --nodes 2 --packets 2000 --repeat 2"
                        + " --capacity 32 --refill 8 --spill 31 --spill-end oldest --no-spill-ack --page-limit 40"
                        + " --deterministic");
        assertThat(Cli.run(repeat.substring("repeat: ./headcache ".length())).outWithoutTimes())
                .isEqualTo(first.outWithoutTimes());
    }

    @Test
    void marksWhatDependsOnTheOrderOfMessages() {
        final Cli run = Cli.run("run burst --packets 1000 --parallelism 2");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .anyMatch(line -> line.matches("cpu-0 +500 +0 +500 .*"))
                .anyMatch(line -> line.matches("node-0 +~[0-9]+ +~[0-9]+ +46 +20 .*"))
                .anyMatch(line -> line.startsWith("~           depends on the order of messages"));
        assertThat(Cli.run("run burst --packets 1000 --deterministic").out()).doesNotContain("~");
    }

    @Test
    void theKernelBeforeTheSeriesTakesNoHeadFromItsCache() {
        final Cli run = Cli.run("run --before-series --deterministic");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out()).contains("kernel=before-series capacity=64 refill=16 spill=64");
        assertThat(run.out().lines()).anyMatch(line -> line.matches("all +0 +0 +5,112 +- +0 .*"));
    }

    @Test
    void labelsDeferredHandBacks() {
        final Cli run = Cli.run("run tcp_rx_pair --deterministic");
        assertThat(run.out().lines())
                .contains("deferred    259 puts of heads that a socket on another CPU handed back")
                .anyMatch(line -> line.startsWith("note: 259 frees are sockets' deferred hand-backs"));
    }

    @Test
    void jsonHasStableNames() throws JsonProcessingException {
        final Cli run = Cli.run("run burst --packets 1000 --format json");
        assertThat(run.err()).isEmpty();
        final JsonNode json = new ObjectMapper().readTree(run.out());
        assertThat(names(json))
                .containsExactly(
                        "seed",
                        "configuration",
                        "notes",
                        "cpus",
                        "nodes",
                        "totals",
                        "orderDependent",
                        "time",
                        "verdict",
                        "repeat");
        assertThat(names(json.path("configuration")))
                .containsExactly(
                        "workload",
                        "seed",
                        "packets",
                        "repeat",
                        "cpus",
                        "nodes",
                        "deterministic",
                        "parallelism",
                        "kernel",
                        "capacity",
                        "refill",
                        "spill",
                        "spill-end",
                        "spill-ack",
                        "page-limit");
        assertThat(names(json.path("cpus").get(0)))
                .containsExactly(
                        "name",
                        "gets",
                        "failedGets",
                        "puts",
                        "recycled",
                        "refills",
                        "failedRefills",
                        "fetched",
                        "spills",
                        "spilled",
                        "singleAllocs",
                        "singleFrees",
                        "suspensions",
                        "slabMessages",
                        "framesDropped",
                        "remoteGets",
                        "remotePuts",
                        "parked",
                        "handedBack",
                        "deferred",
                        "deferRefused",
                        "deferKicks",
                        "onDeferList",
                        "setAside",
                        "posts",
                        "takenBack",
                        "hitRate",
                        "contacts");
        assertThat(names(json.path("totals")))
                .containsExactly(
                        "packets",
                        "operations",
                        "batches",
                        "contacts",
                        "contactsPerPacket",
                        "messages",
                        "messagesPerPacket",
                        "failedAllocations",
                        "cancelledOperations",
                        "failedGets",
                        "failedWhileParked",
                        "deferredHandBacks");
        assertThat(names(json.path("time"))).containsExactly("seconds", "packetsPerSecond");
        assertThat(names(json.path("verdict")))
                .containsExactly(
                        "holds",
                        "exitCode",
                        "events",
                        "heads",
                        "headsHome",
                        "failure",
                        "counterFaults",
                        "violations",
                        "firstViolations");
        assertThat(json.path("totals").path("packets").asLong()).isEqualTo(1000);
        assertThat(json.path("verdict").path("holds").asBoolean()).isTrue();
    }

    @Test
    void csvHasOneFigureALineAndTellsTheRestBesides() {
        final Cli run = Cli.run("run burst --packets 1000 --deterministic --format csv");
        assertThat(run.out().lines())
                .startsWith("of,figure,value", "cpu-0,gets,500", "cpu-0,failedGets,0", "cpu-0,puts,500")
                .contains("node-0,bulkAllocs,46", "all,contactsPerPacket,0.066", "verdict,holds,true")
                .allMatch(line -> line.split(",", -1).length == 3);
        assertThat(run.err().lines())
                .startsWith("run: workload=burst seed=1 packets=1000 repeat=1")
                .endsWith("repeat: ./headcache run burst --seed 1 --packets 1000 --deterministic");
    }

    @Test
    void sumsUpManyCpus() {
        final Cli run = Cli.run("run burst --packets 4000 --cpus 40 --deterministic");
        assertThat(run.out().lines())
                .anyMatch(line -> line.startsWith("cpu-31 "))
                .noneMatch(line -> line.startsWith("cpu-32 "))
                .anyMatch(line -> line.matches("all +4,000 .*"))
                .contains("8 more CPUs are in the sum; --format csv has each");
    }

    @Test
    void coloursTheVerdictOnATerminal() {
        assertThat(Cli.run(new Terminal(true, false, true), "run burst --packets 100")
                        .out())
                .containsPattern("verdict +\u001b\\[[0-9;]*m.*holds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--cpus 0 | impossible machine: cpus=0 must be 1 to 4096",
                "--cpus 1000000000 | impossible machine: cpus=1000000000 must be 1 to 4096",
                "--cpus 1 | machine too small: cpus=1 nodes=1, workload vlan_nat_pair needs cpus=2 nodes=1",
                "--nodes -1 | impossible machine: nodes=-1 must be 1 to 256",
                "--refill 65 | impossible cache policy: refill=65 must be 1 to 64 (capacity=64)",
                "--capacity 1000000000 | impossible cache policy: capacity=1000000000 must be 1 to 65535 (the largest"
                        + " capacity there is)",
                "--spill -3 | impossible cache policy: spill=-3 must be 1 to 64 (capacity=64)",
                "--page-limit -1 | impossible slab: pageLimit=-1 must be 0 to 2147483647",
                "--page-limit 1000000000 | slab too large: headsPerPage=32 pageLimit=1000000000 reservePages=0 make"
                        + " heads=32000000000, limit=4194304; lower one of them",
                "--parallelism 0 | impossible: parallelism=0 must be 1 to 1024",
                "--deterministic --parallelism 2 | --deterministic runs one actor at a time: leave out --parallelism 2",
                "--audit 0 | impossible audit: --audit 0 must be 1 or more packets",
                "--repeat 0 | impossible run: repeat=0 must be 1 or more",
                "--packets 5 | --packets is for generators; vlan_nat_pair has its own number: see --repeat",
                "burst --packets 0 | impossible traffic: packets=0 must be 1 or more",
                "burst --packets 1000000000000 --repeat 2 | too much: packets=1000000000000 repeat=2, limit of their"
                        + " product=1000000000000",
                "--before-series --spill 3 | --before-series has a cache of its own: leave out --spill 3",
                "--policy dpdk-26.7 | no policy of that name: policy=dpdk-26.7; did you mean dpdk-26.07, dpdk-26.03?",
                "--policy magazines --refill 3 | --policy magazines is whole by itself: leave out --refill 3",
                "vlan-nta | no workload or file of that name: workload=vlan-nta; did you mean vlan-nat, vlan_nat?",
                "--cpus x | Invalid value for option '--cpus': 'x' is not an int",
                "--cpus 99999999999 | Invalid value for option '--cpus': '99999999999' is not an int"
            })
    void wrongUsageIsOneLineWithExit64(final String words, final String message) {
        final Cli run = Cli.run("run " + words);
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err().lines()).containsExactly("headcache run: " + message + " (see headcache run --help)");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void runsUnderAPolicyByItsName() {
        final Cli run = Cli.run("run burst --packets 1000 --policy dpdk-26.07 --deterministic");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.HOLDS);
        assertThat(run.out().lines())
                .contains("     kernel=dpdk-26.07 capacity=65 refill=32 spill=32 spill-end=oldest spill-ack=true")
                .last()
                .isEqualTo("repeat: ./headcache run burst --seed 1 --packets 1000 --policy dpdk-26.07 --deterministic");
    }

    @Test
    void aNameLikeNoOtherGetsThemAll() {
        final Cli run = Cli.run("run zebra");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.USAGE);
        assertThat(run.err().lines())
                .containsExactly("headcache run: no workload or file of that name: workload=zebra; there are "
                        + String.join(", ", WorkloadNames.all()) + " (see headcache run --help)");
    }

    @Test
    void fileThatIsNotThereIsBadData() {
        final Cli run = Cli.run("run no/such.csv.gz");
        assertThat(run.exitCode()).isEqualTo(ExitCodes.BAD_DATA);
        assertThat(run.err().lines()).singleElement().asString().startsWith("no/such.csv.gz: no such file");
        assertThat(run.out()).isEmpty();
    }

    private static List<String> names(final JsonNode object) {
        final List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
