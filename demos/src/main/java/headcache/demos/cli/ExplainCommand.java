package headcache.demos.cli;

import headcache.machine.RunningMachine.Threads;
import headcache.protocol.Head;
import headcache.step.Tap;
import headcache.verify.HeadHistory;
import headcache.verify.Ledger;
import headcache.workload.ProgressListener;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code headcache explain}: the life of one head in a run, event by event. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run a workload deterministically and tell one head's life, event by event.")
final class ExplainCommand implements Callable<Integer> {

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            required = true,
            converter = HeadNames.class,
            description = "The head: n0/17 is number 17 of node 0, n1/f3 pair of twins 3 of node 1; 17 is n0/17.")
    private int head;

    @Mixin
    private WorkloadOptions workload = new WorkloadOptions();

    @Mixin
    private CacheOptions cache = new CacheOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "How to write it: table, json or csv (default: table).")
    private Format format = Format.TABLE;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before call
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Ledger ledger = new Ledger();
        final HeadHistory history = new HeadHistory(head);
        final RunSettings settings = settings(ledger, history);
        final RunOutcome outcome = RunOutcome.of(settings, ledger, ProgressListener.NONE);
        final HeadStory story = HeadStory.of(head, history.entries());
        if (story.sentences().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no event of head " + Head.name(head) + " in this run; there are " + ledger.knownHeads());
        }
        print(settings, story, history, ledger);
        if (!outcome.holds()) {
            spec.commandLine().getErr().println("the run itself does not hold: see headcache run");
        }
        return outcome.exitCode();
    }

    private RunSettings settings(final Ledger ledger, final HeadHistory history) {
        final RunSettings asked = workload.settings(cache, Threads.DETERMINISTIC);
        final Tap both = (who, message, state, events) -> {
            ledger.onStep(who, message, state, events);
            history.onStep(who, message, state, events);
        };
        final List<String> words = new ArrayList<>(List.of("--head", Head.name(head)));
        words.addAll(asked.words());
        return new RunSettings(asked.workload(), asked.options().with(both), words);
    }

    private void print(
            final RunSettings settings, final HeadStory story, final HeadHistory history, final Ledger ledger) {
        final PrintWriter out = spec.commandLine().getOut();
        final PrintWriter told =
                format == Format.TABLE ? out : spec.commandLine().getErr();
        settings.lines("explain").forEach(told::println);
        if (format == Format.TABLE) {
            out.println();
            story.sentences().forEach(out::println);
            out.println();
            if (history.left() > 0) {
                out.println(RunText.number(history.left()) + " events more are not shown");
            }
            out.println(Head.name(head) + " carried " + RunText.number(story.lives())
                    + (story.lives() == 1 ? " skb" : " skbs") + "; it is " + ledger.whereabouts(head));
        } else {
            table(story).print(format, out);
        }
        told.println("repeat: " + settings.repeat("explain"));
        told.flush();
    }

    private static Table table(final HeadStory story) {
        final Table table = new Table("event", "who", "what");
        for (final HeadStory.Sentence sentence : story.sentences()) {
            table.row(String.valueOf(sentence.event()), sentence.who().toString(), sentence.what());
        }
        return table;
    }
}
