package io.heliograph.jmh.run;

import java.nio.file.Path;

/**
 * What a cell works with.
 *
 * @param home the root of the source tree
 * @param out the folder that the report goes to; it is there
 */
public record Workplace(Path home, Path out, Effort effort) {
    /** The library and agent. */
    public Path jar() {
        return home.resolve("java/target/heliograph.jar");
    }

    /** A program of native/bench. */
    public Path program(String name) {
        return home.resolve("java/target/native/bin").resolve(name);
    }

    /** The {@code java} that this JVM was started with. */
    public Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** The class path of this JVM: the jar, these classes and their libraries. */
    public String classPath() {
        return System.getProperty("java.class.path");
    }
}
