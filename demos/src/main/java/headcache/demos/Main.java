package headcache.demos;

/** The program's entry point. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the JVM with its exit code.
     *
     * @param args the command line
     */
    public static void main(final String[] args) {
        System.out.println("headcache");
    }
}
