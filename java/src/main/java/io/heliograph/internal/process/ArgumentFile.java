package io.heliograph.internal.process;

import io.heliograph.internal.jni.NativeLibrary;
import io.heliograph.internal.jni.UnpackedLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Options of the {@code java} launcher in a file, for those that are too long for a command line. The file has no name,
 * only this user can read it, and it goes with this process. There is one for each list of options: nobody knows when
 * the last child has read it. Any thread may use it.
 */
public final class ArgumentFile {
    /**
     * From this number of bytes on, a file has the options. One argument may have 128 KiB with pages of 4 KiB, and all
     * of them with the environment have at least that room (execve(2), MAX_ARG_STRLEN and ARG_MAX).
     */
    public static final int LONG = 64 * 1024;

    private static final Map<String, NamelessFile> FILES = new HashMap<>();

    private ArgumentFile() {}

    /** Whether the options are long. */
    public static boolean isNeeded(List<String> options) {
        int bytes = 0;
        for (String option : options) {
            bytes += option.getBytes(charset()).length + 1;
        }
        return bytes >= LONG;
    }

    /**
     * The launcher's argument for these options, {@code @FILE}. It is valid as long as this process lives.
     *
     * @throws UncheckedIOException if there is no room for the file, or a child could not open it in this /proc
     * @throws UnsatisfiedLinkError if the native library is not available
     */
    public static synchronized String argument(List<String> options) {
        NativeLibrary.require();
        String text = text(options);
        NamelessFile file = FILES.get(text);
        if (file == null) {
            file = make(text.getBytes(charset()));
            FILES.put(text, file);
        }
        return "@" + file.path();
    }

    private static NamelessFile make(byte[] bytes) {
        IOException failure;
        try {
            NamelessFile.requireOwnProc();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return NamelessFile.inMemory(bytes);
        } catch (IOException | RuntimeException denied) {
            failure = new IOException("no file for long options of java: " + denied.getMessage(), denied);
        }
        for (String folder : UnpackedLibrary.foldersToTry()) {
            try {
                return NamelessFile.unpackedIn(Path.of(folder), "arguments", bytes);
            } catch (IOException | RuntimeException e) {
                failure.addSuppressed(e);
            }
        }
        throw new UncheckedIOException(failure);
    }

    /**
     * One option a line, in quotes. Within quotes, the launcher takes a backslash and the next character for one
     * character (JDK Tool Specifications, java, "Argument Files").
     */
    static String text(List<String> options) {
        StringBuilder text = new StringBuilder();
        for (String option : options) {
            text.append('"');
            for (int i = 0; i < option.length(); i++) {
                append(text, option.charAt(i));
            }
            text.append("\"\n");
        }
        return text.toString();
    }

    private static void append(StringBuilder text, char character) {
        switch (character) {
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '"', '\\' -> text.append('\\').append(character);
            default -> text.append(character);
        }
    }

    /** What the JVM reads its arguments with. */
    private static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding", "");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
