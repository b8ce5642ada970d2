package io.heliograph.internal.jni;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the jar's native files fit this process: those of its processor and its C library. Both are the process's
 * own, not the machine's: Debian may have musl installed, and Alpine some files of glibc (gcompat).
 */
public final class Platform {
    private static final String NATIVE = "META-INF/native/";

    private final String folder;
    private final @Nullable String problem;

    private Platform(String folder, @Nullable String problem) {
        this.folder = folder;
        this.problem = problem;
    }

    /** Looks at this process and at the jar. Takes some 0.1 ms. */
    public static Platform here() {
        String os = System.getProperty("os.name", "");
        String processor = processor(System.getProperty("os.arch", ""));
        @Nullable String libc;
        try {
            libc = os.equals("Linux") ? libc(processor) : null;
        } catch (IOException unreadable) {
            return none("this process does not learn which C library it has: " + unreadable.getMessage()
                    + ". Name a library of it with -D" + NativeLibrary.PROPERTY + "=PATH");
        }
        if (libc != null && isInJar(name(processor, libc))) {
            return new Platform(NATIVE + name(processor, libc), null);
        }
        return choose(os, processor, libc, inJar());
    }

    /** The platforms of a full build that the jar has. A jar in a jar, or a runtime image, cannot be listed. */
    static List<String> inJar() {
        List<String> names = new ArrayList<>();
        for (String processor : List.of("aarch64", "x86_64")) {
            for (String libc : List.of("gnu", "musl")) {
                if (isInJar(name(processor, libc))) {
                    names.add(name(processor, libc));
                }
            }
        }
        return names;
    }

    private static boolean isInJar(String name) {
        return OwnJar.has(NATIVE + name + "/" + UnpackedLibrary.FILE_NAME);
    }

    /**
     * The choice.
     *
     * @param libc {@link #libcOf}
     * @param inJar {@link #inJar()}
     */
    static Platform choose(String os, String arch, @Nullable String libc, List<String> inJar) {
        if (!os.equals("Linux")) {
            return none("this is " + os + ", and heliograph is for Linux: run the app there or in a Linux container. "
                    + "What the JVM has here is sun.misc.Signal");
        }
        String processor = processor(arch);
        String has = inJar.isEmpty() ? "none for x86-64 or aarch64" : String.join(", ", inJar);
        if (libc == null) {
            return none("this is linux-" + processor + " with a C library that is neither glibc nor musl "
                    + "(/proc/self/maps shows no libc.so.6 and no ld-musl), and the jar has " + has + WAY_OUT);
        }
        String name = name(processor, libc);
        if (!inJar.contains(name)) {
            return none("this is " + name + ", and the jar has " + has + WAY_OUT);
        }
        return new Platform(NATIVE + name, null);
    }

    private static final String WAY_OUT =
            ". Take a jar that was built for all platforms, or name a library of this one with -D"
                    + NativeLibrary.PROPERTY + "=PATH";

    private static Platform none(String problem) {
        return new Platform("", problem);
    }

    private static String name(String processor, String libc) {
        return "linux-" + processor + "-" + libc;
    }

    private static String processor(String arch) {
        if (arch.equals("amd64")) {
            return "x86_64";
        }
        return arch.equals("arm64") ? "aarch64" : arch;
    }

    /**
     * The C library of this process. To read its maps takes 0.3 ms, to look for two files 0.05. A process with musl has
     * musl's dynamic linker as its interpreter, whose path musl has compiled in.
     */
    private static @Nullable String libc(String processor) throws IOException {
        File musl = new File("/lib/ld-musl-" + processor + ".so.1");
        if (!musl.exists() && new File(interpreterOfGlibc(processor)).exists()) {
            return "gnu";
        }
        try (InputStream maps = new FileInputStream("/proc/self/maps")) {
            return libcOf(new String(maps.readAllBytes(), StandardCharsets.ISO_8859_1), musl.getCanonicalPath());
        }
    }

    private static String interpreterOfGlibc(String processor) {
        return processor.equals("x86_64") ? "/lib64/ld-linux-x86-64.so.2" : "/lib/ld-linux-" + processor + ".so.1";
    }

    /**
     * {@code "gnu"}, {@code "musl"}, or null for another one.
     *
     * @param maps the text of proc_pid_maps(5), which has files by their own names
     * @param musl the file that musl's linker is: on Debian /lib/ld-musl-x86_64.so.1 is a link to
     *     x86_64-linux-musl/libc.so
     */
    static @Nullable String libcOf(String maps, String musl) {
        // musl's linker is its C library. With gcompat, it has the names of glibc's linker beside it.
        if (maps.contains("/ld-musl-") || maps.contains("/libc.musl-") || maps.contains(musl + "\n")) {
            return "musl";
        }
        return maps.contains("/libc.so.6") || maps.contains("/libc-2.") ? "gnu" : null;
    }

    /** Why no native file fits; null if some do. */
    public @Nullable String problem() {
        return problem;
    }

    /** The name in the jar of a native file. Call it only without a {@link #problem}. */
    public String resource(String fileName) {
        return folder + "/" + fileName;
    }
}
