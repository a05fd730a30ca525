package headcache.verify.mutant;

/** This Java is a runtime without a compiler, so that no bug can be planted. */
public final class NoCompilerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoCompilerException() {
        super("no Java compiler here: java.home=" + System.getProperty("java.home")
                + "; set JAVA_HOME to a JDK, which has one");
    }
}
