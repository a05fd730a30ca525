package headcache.demos.cli;

import headcache.workload.BadInputException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line as a whole: its commands, its manners towards the terminal, its exit codes. */
public final class CommandLines {

    /** The system property that adds stack traces to reports of internal errors. */
    static final String DEBUG = "headcache.debug";

    private static final Pattern CHOICES = Pattern.compile("(\\[[A-Z_, ]+\\]) \\(case-insensitive\\)");

    private CommandLines() {}

    /**
     * Runs one command line, with results on {@code System.out} and diagnostics on {@code System.err}.
     *
     * @param args the words after the program's name
     * @return the exit code, one of {@link ExitCodes}
     */
    public static int execute(final String... args) {
        return execute(create(Terminal.detect()), args);
    }

    static int execute(final CommandLine commandLine, final String... args) {
        try {
            return commandLine.execute(args);
        } catch (final Throwable outOfMemoryAndTheLike) {
            return reportInternal(commandLine.getErr(), outOfMemoryAndTheLike);
        }
    }

    static CommandLine create(final Terminal terminal) {
        final CommandLine commandLine = new CommandLine(new HeadcacheCommand());
        Commands.addTo(commandLine, terminal);
        commandLine
                .getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
        commandLine
                .setColorScheme(Help.defaultColorScheme(terminal.ansi()))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setParameterExceptionHandler((wrong, args) -> reportUsage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(command.getErr(), failure))
                .setExitCodeExceptionMapper(failure -> ExitCodes.INTERNAL);
        return commandLine;
    }

    private static int reportUsage(final ParameterException wrong) {
        final CommandLine command = wrong.getCommandLine();
        final String name = command.getCommandSpec().qualifiedName();
        command.getErr()
                .println(name + ": " + asTyped(oneLine(wrong.getMessage())) + suggestion(wrong) + " (see " + name
                        + " --help)");
        return ExitCodes.USAGE;
    }

    /** picocli names the values of an option as the code does, in capitals. */
    private static String asTyped(final String message) {
        return CHOICES.matcher(message).replaceAll(choices -> choices.group(1).toLowerCase(Locale.ROOT));
    }

    private static String suggestion(final ParameterException wrong) {
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            return "; did you mean " + unmatched.getSuggestions().get(0) + "?";
        }
        return "";
    }

    private static int report(final PrintWriter err, final Exception failure) {
        if (failure instanceof BadInputException bad) {
            err.println(oneLine(bad.getMessage()));
            return ExitCodes.BAD_DATA;
        }
        return reportInternal(err, failure);
    }

    private static int reportInternal(final PrintWriter err, final Throwable failure) {
        final Throwable cause = failure.getCause() instanceof Error error ? error : failure;
        err.println("headcache: internal error: " + oneLine(cause.toString()) + " (JAVA_OPTS=-D" + DEBUG
                + "=true shows where)");
        if (Boolean.getBoolean(DEBUG)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCodes.INTERNAL;
    }

    private static String oneLine(final @Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
