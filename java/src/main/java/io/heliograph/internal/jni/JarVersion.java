package io.heliograph.internal.jni;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/**
 * The version of this jar.
 *
 * <p>Its file is in META-INF: shading tools move a file that is in a package of ours, or leave it behind, and change
 * such a name in the code, or do not.
 */
final class JarVersion {
    private JarVersion() {}

    static String read() {
        Properties properties = new Properties();
        try (InputStream in = OwnJar.open("META-INF/heliograph/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return "unreadable";
        }
        return properties.getProperty("version", "unknown");
    }
}
