package io.heliograph.jmh.idle;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** An agent that does nothing: what every agent costs that is written in Java. */
public final class EmptyAgent {
    private EmptyAgent() {}

    @SuppressWarnings("unused") // the signature that java.lang.instrument looks for first
    public static void premain(String options, Instrumentation instrumentation) {}

    /** Makes a jar of it. */
    static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), EmptyAgent.class.getName());
        String name = "/" + EmptyAgent.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream code = EmptyAgent.class.getResourceAsStream(name)) {
            if (code == null) {
                throw new IOException("there is no " + name + " on the class path");
            }
            jar.putNextEntry(new JarEntry(name.substring(1)));
            code.transferTo(jar);
        }
        return file;
    }
}
