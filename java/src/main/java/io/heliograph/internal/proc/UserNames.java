package io.heliograph.internal.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The names of users, as {@code /etc/passwd} has them (passwd(5)).
 *
 * <p>getpwuid(3) may ask a directory service over the network, and a log line must not wait for that.
 */
public final class UserNames {
    private static final Path PASSWD = Path.of("/etc/passwd");

    /** More than a machine's own file has. */
    private static final int MOST_BYTES = 1 << 20;

    private UserNames() {}

    /** The user's name; empty if the file has none. Each call reads the file. */
    public static Optional<String> of(long uid) {
        try (InputStream in = new FileInputStream(PASSWD.toFile())) {
            return find(new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8), uid);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** A line is {@code name:password:uid:…}. */
    static Optional<String> find(String passwd, long uid) {
        String wanted = ":" + uid + ":";
        for (String line : passwd.split("\n", -1)) {
            int name = line.indexOf(':');
            int password = name < 1 ? -1 : line.indexOf(':', name + 1);
            if (password > 0 && line.startsWith(wanted, password)) {
                return Optional.of(line.substring(0, name));
            }
        }
        return Optional.empty();
    }
}
