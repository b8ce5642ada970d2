package io.heliograph.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars that a test makes: copies of heliograph.jar that lack something, and small ones of the test's own classes. */
public final class CopiedJar {
    private CopiedJar() {}

    /** heliograph.jar without the entries whose names begin so. */
    public static Path without(String prefix, Path to) throws IOException {
        try (JarFile jar = new JarFile(ChildJvm.jar());
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file)) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (!entry.getName().startsWith(prefix)) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                }
            }
        }
        return to;
    }

    /** A jar of one class, which any user may read. It is an agent if the class has a premain. */
    public static Path agent(Path to, Class<?> premain) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), premain.getName());
        String name = premain.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = premain.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no " + name);
            }
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
        return readable(to);
    }

    /** A copy that any user may read. */
    public static Path readable(Path from, Path to) throws IOException {
        return readable(Files.copy(from, to));
    }

    private static Path readable(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
