package headcache.demos.cli;

import headcache.verify.mutant.Mutant;
import headcache.verify.mutant.NoCompilerException;
import headcache.verify.mutant.Planted;
import headcache.workload.BadInputException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A whole command line once more, in a program in which a bug is planted: the entry of that program. */
public final class PlantedProgram implements BiFunction<List<String>, List<PrintWriter>, Integer> {

    /** Runs {@code words}, with results on the first of {@code streams} and diagnostics on the second. */
    @Override
    public Integer apply(final List<String> words, final List<PrintWriter> streams) {
        final CommandLine program =
                CommandLines.create(Terminal.detect()).setOut(streams.get(0)).setErr(streams.get(1));
        return CommandLines.execute(program, words.toArray(String[]::new));
    }

    /** Whether {@code mutant} is planted in the program that asks. */
    static boolean isHere(final String mutant) {
        return Planted.here().filter(here -> here.equalsIgnoreCase(mutant)).isPresent();
    }

    /**
     * Does what {@code spec} is asked once more where {@code mutant} is planted.
     *
     * @return the exit code
     * @throws ParameterException if there is nothing to plant it with
     */
    @SuppressWarnings("unchecked") // what this class is in the planted program
    static int run(final CommandSpec spec, final Mutant mutant) {
        final CommandLine command = spec.commandLine();
        final Planted planted = planted(command, mutant);
        final Thread thread = Thread.currentThread();
        final ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(planted); // Akka asks it for the classes that its configuration names
        try {
            final BiFunction<List<String>, List<PrintWriter>, Integer> program =
                    (BiFunction<List<String>, List<PrintWriter>, Integer>) planted.make(PlantedProgram.class);
            return program.apply(
                    spec.root().commandLine().getParseResult().originalArgs(),
                    List.of(command.getOut(), command.getErr()));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Planted planted(final CommandLine command, final Mutant mutant) {
        try {
            return Planted.of(mutant);
        } catch (final NoCompilerException none) {
            throw new ParameterException(command, String.valueOf(none.getMessage()), none);
        }
    }

    /**
     * The mutant that {@code spec} is asked for as {@code id}.
     *
     * @throws ParameterException if there is no such mutant, or nothing to plant
     */
    static Mutant asked(final CommandSpec spec, final String id) {
        final CommandLine command = spec.commandLine();
        final Mutant mutant = Mutant.named(id)
                .orElseThrow(
                        () -> new ParameterException(command, "no such mutant: mutant=" + id + "; there are " + ids()));
        if (!mutant.isPlanted()) {
            throw new ParameterException(
                    command,
                    "nothing to plant, the kernel does so: mutant=" + mutant.id() + "; see ./headcache mutants --show "
                            + mutant.id());
        }
        return mutant;
    }

    /**
     * The mutant that {@code file} says is planted.
     *
     * @throws BadInputException if there is no such mutant, or nothing to plant
     */
    static Mutant recorded(final String file, final String id) {
        final Mutant mutant =
                Mutant.named(id).orElseThrow(() -> new BadInputException(file, 0, "no such mutant" + meant(id)));
        if (!mutant.isPlanted()) {
            throw new BadInputException(file, 0, "nothing to plant, the kernel does so", "mutant", mutant.id());
        }
        return mutant;
    }

    private static String meant(final String id) {
        return ": mutant=" + id
                + NearNames.hint(id, Mutant.ALL.stream().map(Mutant::id).toList());
    }

    static String ids() {
        return Mutant.ALL.stream().map(Mutant::id).collect(Collectors.joining(", "));
    }
}
