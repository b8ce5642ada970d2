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
final class OwnJar {
    private OwnJar() {}

    /** Opens the file of this name, without a slash before it. Returns null if there is none. */
    static @Nullable InputStream open(String name) throws IOException {
        byte[] entry = entry(name);
        return entry == null ? OwnJar.class.getResourceAsStream("/" + name) : new ByteArrayInputStream(entry);
    }

    /** Null for a folder of classes or a jar in a jar. */
    private static byte @Nullable [] entry(String name) {
        Path jar = path();
        if (jar == null) {
            return null;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry entry = zip.getEntry(name);
            if (entry == null) {
                return null;
            }
            try (InputStream in = zip.getInputStream(entry)) {
                return in.readAllBytes();
            }
        } catch (IOException | RuntimeException noJar) {
            return null;
        }
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
