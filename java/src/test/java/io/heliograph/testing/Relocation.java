package io.heliograph.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** Gives the packages of the library and of the test programs other names, as shading tools do. */
public final class Relocation extends Remapper {
    private static final String PATH = "io/heliograph/";
    private static final String NAME = "io.heliograph.";

    private final String to;
    private final boolean alsoStrings;

    /**
     * Puts {@code to} before each name.
     *
     * @param alsoStrings whether strings that begin with our package, and the names of resources there, change as well:
     *     maven-shade-plugin changes them, and simpler tools do not
     */
    public Relocation(String to, boolean alsoStrings) {
        this.to = to;
        this.alsoStrings = alsoStrings;
    }

    @Override
    public String map(String internalName) {
        return internalName.startsWith(PATH) ? to.replace('.', '/') + "/" + internalName : internalName;
    }

    @Override
    public Object mapValue(Object value) {
        if (alsoStrings && value instanceof String text) {
            return text.startsWith(NAME) ? to + "." + text : map(text);
        }
        return super.mapValue(value);
    }

    /** Copies the jar and the programs, renamed, into another jar. */
    public void write(Path jar, Path testClasses, Path target) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(target));
                JarFile in = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(in.entries())) {
                String name = entry.getName();
                if (!entry.isDirectory() && !name.equals(JarFile.MANIFEST_NAME)) {
                    put(out, name, in.getInputStream(entry).readAllBytes());
                }
            }
            for (Path file : programs(testClasses)) {
                put(out, testClasses.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    private static List<Path> programs(Path testClasses) throws IOException {
        List<Path> programs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(testClasses.resolve(PATH + "programs"))) {
            files.filter(Files::isRegularFile).forEach(programs::add);
        }
        return programs;
    }

    private void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
        boolean isClass = name.endsWith(".class");
        out.putNextEntry(new JarEntry(isClass || alsoStrings ? map(name) : name));
        out.write(isClass ? renamed(bytes) : bytes);
    }

    private byte[] renamed(byte[] bytes) {
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes).accept(new ClassRemapper(writer, this), 0);
        return writer.toByteArray();
    }
}
