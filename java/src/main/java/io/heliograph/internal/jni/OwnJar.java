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
 * The files that our classes come with.
 *
 * <p>They are read from the jar itself where there is one: {@code getResourceAsStream} makes a connection of a URL of it, whose
 * classes are not in the JDK's archive of loaded classes, and takes ten times as long.
 */
final class OwnJar {
    private OwnJar() {}

    /** Opens the file of this name, without a slash before it; null where there is none. */
    static @Nullable InputStream open(String name) throws IOException {
        byte[] entry = entry(name);
        return entry == null ? OwnJar.class.getResourceAsStream("/" + name) : new ByteArrayInputStream(entry);
    }

    /** Null where it is not in a jar of its own, or that is not ours to open: a folder of classes, a jar in a jar. */
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

    /** The jar, or the folder of classes; null where they come from something else. */
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
