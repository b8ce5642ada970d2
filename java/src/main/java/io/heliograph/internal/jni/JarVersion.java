package io.heliograph.internal.jni;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version of this jar. */
final class JarVersion {
    private JarVersion() {}

    static String read() {
        Properties properties = new Properties();
        try (InputStream in = OwnJar.open("io/heliograph/internal/jni/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unreadable";
        }
        return properties.getProperty("version", "unknown");
    }
}
