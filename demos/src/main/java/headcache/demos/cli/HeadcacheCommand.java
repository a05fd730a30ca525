package headcache.demos.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The program without a command: a tour that fits a screen. */
@Command(
        name = "headcache",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "The kernel's per-CPU cache of socket-buffer heads as a system of actors.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done; what was checked holds",
            " 1:a property or a conformance is violated",
            " 2:inconclusive: a bound or a time limit was reached",
            "64:wrong usage",
            "65:bad input data",
            "70:internal error"
        })
final class HeadcacheCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before run
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(Tour.text());
        spec.commandLine().getOut().flush();
    }
}
