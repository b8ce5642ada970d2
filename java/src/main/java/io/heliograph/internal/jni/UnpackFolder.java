package io.heliograph.internal.jni;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A new folder for one file, for a moment. No other user can write to it. {@code
 * PARENT/heliograph-NAMESPACE-PID-START-NUMBER}, with mode 0700.
 *
 * <p>An exit of the JVM waits until it is closed. A process that is killed leaves it behind, and the next one of the same
 * user that makes a folder in the same parent removes it: the name tells the process by its pid namespace (the inode of
 * {@code /proc/self/ns/pid}), its pid and its start time, field 22 of proc_pid_stat(5). A process of another namespace
 * cannot be looked for, and containers may share a parent. Its folder is removed an hour after it was made.
 */
public final class UnpackFolder implements AutoCloseable {
    private static final String PREFIX = "heliograph-";
    private static final String UNKNOWN = "0";
    private static final long MOST_AGE_MILLIS = 3600 * 1000;
    private static final long MOST_WAIT_MILLIS = 2000;

    private static final int UNIX_TYPE_AND_OTHERS = 0170077; // inode(7): the type, and what group and others may do
    private static final int UNIX_FOLDER = 0040000;

    private final Path folder;
    private final Path file;
    private final ExitWait exitWait;

    private UnpackFolder(Path folder, String fileName, ExitWait exitWait) {
        this.folder = folder;
        this.file = folder.resolve(fileName);
        this.exitWait = exitWait;
    }

    /** Makes a folder, and removes those of processes that have ended. */
    public static UnpackFolder makeIn(Path parent, String fileName) throws IOException {
        ExitWait exitWait = ExitWait.begin();
        try {
            String namespace = namespace();
            String self = idOf("self");
            Path folder = PrivateFolder.makeIn(parent, PREFIX + namespace + "-" + (self == null ? "0-0" : self) + "-");
            clear(parent.toFile(), folder, namespace);
            return new UnpackFolder(folder, fileName, exitWait);
        } catch (IOException | RuntimeException e) {
            exitWait.end();
            throw e;
        }
    }

    /** The file's path. The caller makes the file. */
    public Path file() {
        return file;
    }

    /** Removes the file and the folder. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } finally {
            exitWait.end();
        }
    }

    private static String namespace() {
        try {
            return Files.getAttribute(Path.of("/proc/self/ns/pid"), "unix:ino").toString();
        } catch (IOException | RuntimeException noProc) {
            return UNKNOWN;
        }
    }

    /** The owner of our own folder is this user, also where /proc/self is root's because the process is not dumpable. */
    private static void clear(File parent, Path own, String namespace) {
        String[] names = parent.list();
        for (int i = 0; names != null && i < names.length; i++) {
            if (names[i].startsWith(PREFIX)) {
                File folder = new File(parent, names[i]);
                if (isLeft(folder, namespace) && isOfOwnerOf(own, folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isLeft(File folder, String namespace) {
        String[] part = folder.getName().split("-", -1);
        if (part.length != 5) {
            return false;
        }
        if (part[1].equals(namespace) && !namespace.equals(UNKNOWN) && hasEnded(part[2], part[3])) {
            return true;
        }
        return System.currentTimeMillis() - folder.lastModified() > MOST_AGE_MILLIS;
    }

    /** Another user may make a folder or a link of such a name, to have us remove what it shows. */
    private static boolean isOfOwnerOf(Path own, File folder) {
        try {
            Path path = folder.toPath();
            int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                            .equals(Files.getAttribute(own, "unix:uid"))
                    && (mode & UNIX_TYPE_AND_OTHERS) == UNIX_FOLDER;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void remove(File folder) {
        String[] names = folder.list();
        for (int i = 0; names != null && i < names.length; i++) {
            new File(folder, names[i]).delete();
        }
        folder.delete();
    }

    private static boolean hasEnded(String pid, String start) {
        String now = idOf(pid);
        return now != null && !now.equals(pid + "-" + start);
    }

    /** PID-START; empty if there is no such process, or a zombie is all that is left of it; null if unknown. */
    private static @Nullable String idOf(String pid) {
        byte[] bytes = new byte[512];
        try (InputStream in = new FileInputStream("/proc/" + pid + "/stat")) {
            String stat = new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.ISO_8859_1);
            int at = stat.lastIndexOf(')') + 2; // the name before it may have any character
            if (stat.charAt(at) == 'Z') {
                return "";
            }
            for (int field = 3; field < 22; field++) {
                at = stat.indexOf(' ', at) + 1;
            }
            return stat.substring(0, stat.indexOf(' ')) + "-" + stat.substring(at, stat.indexOf(' ', at));
        } catch (FileNotFoundException none) {
            // A /proc that hides processes of others (hidepid) may hide this one as it hides process 1.
            return new File("/proc/" + pid).exists() || !new File("/proc/1").exists() ? null : "";
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** A shutdown hook that waits. The JVM's exit would otherwise come between a folder's making and its removal. */
    private static final class ExitWait extends Thread {
        private boolean ended;

        private ExitWait() {
            super("heliograph-unpack");
        }

        static ExitWait begin() {
            ExitWait hook = new ExitWait();
            try {
                Runtime.getRuntime().addShutdownHook(hook);
            } catch (IllegalStateException exitHasBegun) {
                // The hook will not run, so nothing waits.
            }
            return hook;
        }

        @Override
        public synchronized void run() {
            long until = System.nanoTime() + MOST_WAIT_MILLIS * 1_000_000;
            try {
                for (long left = MOST_WAIT_MILLIS; !ended && left > 0; ) {
                    wait(left);
                    left = (until - System.nanoTime()) / 1_000_000;
                }
            } catch (InterruptedException e) {
                interrupt();
            }
        }

        void end() {
            synchronized (this) {
                ended = true;
                notifyAll();
            }
            try {
                Runtime.getRuntime().removeShutdownHook(this);
            } catch (IllegalStateException exitHasBegun) {
                // It has run, or will not wait.
            }
        }
    }
}
