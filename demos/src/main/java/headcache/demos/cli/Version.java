package headcache.demos.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as its jar states it, and the Java runtime's. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"headcache " + number() + " (java " + Runtime.version() + ")"};
    }

    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "unpackaged");
    }
}
