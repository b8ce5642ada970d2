package io.heliograph.internal.jni;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    static final String FILE_NAME = "libheliograph.so";

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

    /** Loads the jar's file of this name, which the caller has found in the jar. */
    static void loadFrom(String parent, String resource) throws IOException {
        try (InputStream in = OwnJar.open(resource)) {
            if (in == null) {
                throw new UnsatisfiedLinkError("the jar has no " + resource);
            }
            load(in, Path.of(parent));
        }
    }

    /** The jar, if it is known. */
    static String jar() {
        Path path = OwnJar.path();
        return path == null ? "heliograph.jar" : path.toString();
    }

    private static void load(InputStream library, Path parent) throws IOException {
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, FILE_NAME)) {
            // Files.copy loads thirty more classes before main, none of them in the JDK's archive.
            try (OutputStream out = new FileOutputStream(folder.file().toFile())) {
                library.transferTo(out);
            }
            System.load(folder.file().toAbsolutePath().toString());
        }
    }
}
