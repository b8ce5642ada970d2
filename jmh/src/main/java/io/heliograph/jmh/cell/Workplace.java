package io.heliograph.jmh.cell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the cells work with.
 *
 * @param home the root of the source tree
 * @param out the folder of the report
 * @param scratch a folder for temporary files
 */
public record Workplace(Path home, Path out, Path scratch, Effort effort) {
    /**
     * Makes a folder that is removed with its files as the JVM ends, by a signal too. It is in memory if possible: on a
     * disk, the kernel delays a thread that writes to a mapped page while it saves that page.
     */
    public static Path makeScratch() throws IOException {
        Path memory = Path.of("/dev/shm");
        String prefix = "heliograph-jmh-";
        Path folder = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, prefix)
                : Files.createTempDirectory(prefix);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder), "remove " + folder));
        return folder;
    }

    private static void remove(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            System.err.println(folder + " is left behind: " + e);
        }
    }

    /** Copies a resource of that class into the scratch folder. */
    public Path unpack(Class<?> owner, String resource) {
        Path file = scratch.resolve(resource);
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + resource + " among the classes: build the module");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The library and agent. */
    public Path jar() {
        return home.resolve("java/target/heliograph.jar");
    }

    /** A program of native/bench. */
    public String program(String name) {
        return home.resolve("java/target/native/bin").resolve(name).toString();
    }

    /** A library of the native build. */
    public Path library(String name) {
        return home.resolve("java/target/native").resolve(System.mapLibraryName(name));
    }

    /** A tool of the JDK that runs this JVM. */
    public static String jdk(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    /** The command that starts a class of this module. */
    public static List<String> java(List<String> options, Class<?> program, Object... arguments) {
        List<String> command = new ArrayList<>();
        command.add(jdk("java"));
        command.addAll(options);
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), program.getName()));
        Arrays.stream(arguments).map(Object::toString).forEach(command::add);
        return command;
    }
}
