package headcache.demos;

import headcache.demos.cli.CommandLines;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program's entry point. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(final String[] args) {
        // The same bytes in every locale, so that a repeated run can be compared with the first.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        final int exitCode = CommandLines.execute(args);
        System.out.flush();
        System.exit(exitCode);
    }
}
