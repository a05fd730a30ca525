package headcache.verify.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program in which a bug is planted: all classes of this project once more, those that the mutant patches compiled
 * from the patched source. Akka and all other libraries are shared with the program around it.
 */
public final class Planted extends ClassLoader {
    private static final String OURS = "headcache.";

    private final Map<String, byte[]> patched;

    static {
        registerAsParallelCapable();
    }

    private Planted(String id, Map<String, byte[]> patched, ClassLoader around) {
        super(id, around);
        this.patched = patched;
    }

    /**
     * Plants {@code mutant}.
     *
     * @throws NoCompilerException if this Java has no compiler
     * @throws IllegalStateException if the patch does not fit, or the patched source does not compile
     */
    public static Planted of(Mutant mutant) {
        return new Planted(
                mutant.id(), MemoryCompiler.compile(Patched.sources(mutant)), Planted.class.getClassLoader());
    }

    /** The mutant that is planted in the program that asks, if one is. */
    public static Optional<String> here() {
        final ClassLoader loader = Planted.class.getClassLoader();
        // Asked by name, because the class of a loader around this one is another of the same name.
        return loader.getClass().getName().equals(Planted.class.getName())
                ? Optional.ofNullable(loader.getName())
                : Optional.empty();
    }

    /**
     * An instance of {@code entry} as it is in the planted program. To the program around, its class is another of the
     * same name: what goes in and comes out must be of classes that both share.
     *
     * @param entry a public class of this project with a constructor without parameters
     */
    public Object make(Class<?> entry) {
        try {
            return loadClass(entry.getName()).getDeclaredConstructor().newInstance();
        } catch (final ReflectiveOperationException wrong) {
            throw new IllegalStateException("no such entry: class=" + entry.getName(), wrong);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            final @Nullable Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = patched.get(name);
        if (bytes == null) {
            bytes = asBuilt(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] asBuilt(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (final IOException wrong) {
            throw new ClassNotFoundException(name, wrong);
        }
    }
}
