package io.heliograph.internal.jni;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The files that come with our classes.
 *
 * <p>It reads the jar itself if there is one. {@code getResourceAsStream} takes ten times as long before main, for its
 * URL connection's classes are not in the JDK's archive of loaded classes.
 */
public final class OwnJar {
    private OwnJar() {}

    /** Opens the file of this name, without a slash before it. Returns null if there is none. */
    public static @Nullable InputStream open(String name) throws IOException {
        byte[] entry = entry(name);
        return entry == null ? OwnJar.class.getResourceAsStream("/" + name) : new ByteArrayInputStream(entry);
    }

    /** Whether there is such a file. */
    static boolean has(String name) {
        try (ZipFile zip = zip()) {
            if (zip != null && zip.getEntry(name) != null) {
                return true;
            }
        } catch (IOException | RuntimeException noJar) {
            // As for a jar in a jar.
        }
        return OwnJar.class.getResource("/" + name) != null;
    }

    /** Null for a folder of classes or a jar in a jar. */
    private static byte @Nullable [] entry(String name) {
        try (ZipFile zip = zip()) {
            ZipEntry entry = zip == null ? null : zip.getEntry(name);
            if (zip == null || entry == null) {
                return null;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        } catch (IOException | RuntimeException noJar) {
            return null;
        }
    }

    private static @Nullable ZipFile zip() throws IOException {
        Path jar = path();
        return jar == null ? null : new ZipFile(jar.toFile());
    }

    /** The jar or the folder of classes; null if they come from elsewhere. */
    static @Nullable Path path() {
        try {
            CodeSource source = OwnJar.class.getProtectionDomain().getCodeSource();
            URL location = source == null ? null : source.getLocation();
            return location == null || !location.getProtocol().equals("file") ? null : Path.of(location.toURI());
        } catch (URISyntaxException | RuntimeException noFile) {
            return null;
        }
    }
}
