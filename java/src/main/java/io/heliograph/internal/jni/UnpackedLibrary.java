package io.heliograph.internal.jni;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads the jar's copy of the library, from a new private folder.
 *
 * <p>The folder has mode 0700, so that no other user can replace the library. Folder and file are removed after the
 * load: the mapping stays (unlink(2)).
 *
 * <p>Hardened systems mount the temporary folder noexec, and mapping a library from there fails. So it tries other
 * common writable folders after it.
 */
public final class UnpackedLibrary {
    /** The property that names the first folder to try. */
    static final String FOLDER_PROPERTY = "heliograph.tmpdir";

    private static final String FILE_NAME = "libheliograph.so";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "arm64", "aarch64");

    private UnpackedLibrary() {}

    /** The folders, which need not exist. */
    public static List<String> foldersToTry() {
        List<String> folders = new ArrayList<>();
        add(folders, System.getProperty(FOLDER_PROPERTY));
        add(folders, System.getProperty("java.io.tmpdir"));
        add(folders, System.getenv("XDG_RUNTIME_DIR"));
        add(folders, "/dev/shm");
        add(folders, "/var/tmp");
        add(folders, System.getProperty("user.home"));
        return folders;
    }

    private static void add(List<String> folders, @Nullable String name) {
        if (name != null && !name.isEmpty() && !folders.contains(name)) {
            folders.add(name);
        }
    }

    static void loadFrom(String parent) throws IOException {
        String resource = resource();
        try (InputStream in = OwnJar.open(resource)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("the jar has no " + resource + ", it was not built for this platform");
            }
            load(in, Path.of(parent));
        }
    }

    /** The jar, if it is known. */
    static String jar() {
        Path path = OwnJar.path();
        return path == null ? "heliograph.jar" : path.toString();
    }

    static String resource() {
        return resource(FILE_NAME);
    }

    /** The path in the jar of a native file of this platform. */
    public static String resource(String fileName) {
        String architecture = System.getProperty("os.arch");
        return "META-INF/native/linux-" + ARCHITECTURES.getOrDefault(architecture, architecture) + "/" + fileName;
    }

    private static void load(InputStream library, Path parent) throws IOException {
        Path folder = PrivateFolder.makeIn(parent, "heliograph-");
        Path file = folder.resolve(FILE_NAME);
        try {
            // Files.copy loads thirty more classes before main, none of them in the JDK's archive.
            try (OutputStream out = new FileOutputStream(file.toFile())) {
                library.transferTo(out);
            }
            System.load(file.toAbsolutePath().toString());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
