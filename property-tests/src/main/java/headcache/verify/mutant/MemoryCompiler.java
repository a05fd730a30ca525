package headcache.verify.mutant;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Compiles sources to classes without a file, against the class path of this program. */
final class MemoryCompiler {
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-nowarn", "-implicit:none", "-g", "-parameters", "-Xlint:none");

    private MemoryCompiler() {}

    /**
     * Compiles {@code sources}.
     *
     * @param sources by path: {@code headcache/cpu/CpuStep.java}
     * @return the classes by name
     * @throws NoCompilerException if this Java has no compiler
     * @throws IllegalStateException if a source does not compile; the message has the compiler's
     */
    static Map<String, byte[]> compile(Map<String, String> sources) {
        final @Nullable JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new NoCompilerException();
        }
        final DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (Files files = new Files(compiler.getStandardFileManager(said, null, null))) {
            final List<Source> units = sources.entrySet().stream()
                    .map(entry -> new Source(entry.getKey(), entry.getValue()))
                    .toList();
            if (!compiler.getTask(null, files, said, OPTIONS, null, units).call()) {
                throw new IllegalStateException("does not compile: "
                        + said.getDiagnostics().stream()
                                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                                .map(Diagnostic::toString)
                                .collect(Collectors.joining("; ")));
            }
            return files.classes();
        } catch (final IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String path, String text) {
            super(URI.create("string:///" + path), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends SimpleJavaFileObject {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Compiled(String name) {
            super(URI.create("bytes:///" + name.replace('.', '/') + ".class"), Kind.CLASS);
        }

        @Override
        public OutputStream openOutputStream() {
            return bytes;
        }
    }

    /** Reads as ever, and keeps what is written. */
    private static final class Files extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, Compiled> written = new HashMap<>();

        Files(StandardJavaFileManager manager) {
            super(manager);
        }

        Map<String, byte[]> classes() {
            return written.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, entry -> entry.getValue().bytes.toByteArray()));
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String className,
                JavaFileObject.Kind kind,
                @Nullable FileObject sibling) {
            final Compiled file = new Compiled(className);
            written.put(className, file);
            return file;
        }
    }
}
