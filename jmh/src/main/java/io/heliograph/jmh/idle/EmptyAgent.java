package io.heliograph.jmh.idle;

import io.heliograph.jmh.outside.Program;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * An agent that does nothing: what every agent costs that is written in Java.
 *
 * <p>It is compiled here. A class of this module would be found on the class path of the app, and its jar, which each agent's
 * JVM has to open, never be opened.
 */
final class EmptyAgent {
    static final String CLASS = "EmptyAgent";

    private static final String SOURCE = "public class " + CLASS + " {"
            + " public static void premain(String options, java.lang.instrument.Instrumentation instrumentation) {} }";

    private EmptyAgent() {}

    /** Makes a jar of it, and in the same folder what that takes. */
    static Path jar(Path file) throws IOException, InterruptedException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), CLASS);
        Path code = compile(file.resolveSibling(CLASS + ".java"));
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            jar.putNextEntry(new JarEntry(CLASS + ".class"));
            Files.copy(code, jar);
        }
        return file;
    }

    /** By a process of its own: the compiler would leave this JVM work to do, beside what is then measured. */
    private static Path compile(Path source) throws IOException, InterruptedException {
        Files.writeString(source, SOURCE);
        Path javac = Path.of(System.getProperty("java.home"), "bin", "javac");
        Program.run(List.of(javac.toString(), "-d", source.resolveSibling("").toString(), source.toString()));
        return source.resolveSibling(CLASS + ".class");
    }
}
