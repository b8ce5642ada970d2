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
 * Loads the copy of the library that the jar carries, from a private folder made for it.
 *
 * <p>The folder is new and of mode 0700, so that nobody can put another library in its place. Folder and
 * file are removed as soon as the library is loaded: the mapping stays (unlink(2)).
 *
 * <p>The temporary folder may be mounted noexec, as hardened systems do, and mapping a library from there fails. So
 * other folders are tried after it that a process can commonly write to.
 */
public final class UnpackedLibrary {
    /** Where to unpack to, before all others. */
    static final String FOLDER_PROPERTY = "heliograph.tmpdir";

    private static final String FILE_NAME = "libheliograph.so";
    private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "arm64", "aarch64");

    private UnpackedLibrary() {}

    /** Their names, which need not be valid ones. */
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

    /** The jar, as far as it can be told. */
    static String jar() {
        Path path = OwnJar.path();
        return path == null ? "heliograph.jar" : path.toString();
    }

    static String resource() {
        return resource(FILE_NAME);
    }

    /** Where the jar has a native file of this platform. */
    public static String resource(String fileName) {
        String architecture = System.getProperty("os.arch");
        return "META-INF/native/linux-" + ARCHITECTURES.getOrDefault(architecture, architecture) + "/" + fileName;
    }

    private static void load(InputStream library, Path parent) throws IOException {
        Path folder = PrivateFolder.makeIn(parent, "heliograph-");
        Path file = folder.resolve(FILE_NAME);
        try {
            // Not Files.copy, which takes thirty classes more of the JDK's, none of them in its archive of loaded
            // classes.
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
