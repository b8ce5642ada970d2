package io.heliograph.internal.jni;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A new folder for one file, for a moment. No other user can write to it. {@code PARENT/heliograph-USER/PID-START-NUMBER},
 * each folder with mode 0700.
 *
 * <p>An exit of the JVM waits until it is closed. A process that is killed leaves it behind, and the next one that makes
 * a folder in the same parent removes it: the name tells the process by its pid and its start time, field 22 of
 * proc_pid_stat(5). A process of another pid namespace looks as if it had ended. It then finds its file gone, and takes
 * the next parent.
 */
public final class UnpackFolder implements AutoCloseable {
    private static final int MOST_ATTEMPTS = 100;
    private static final long MOST_WAIT_MILLIS = 2000;

    private static final int UNIX_TYPE_AND_OTHERS = 0170077; // inode(7): the type, and what group and others may do
    private static final int UNIX_FOLDER = 0040000;

    private final Path folder;
    private final Path file;
    private final Path shared;
    private final ExitWait exitWait;

    private UnpackFolder(Path folder, String fileName, Path shared, ExitWait exitWait) {
        this.folder = folder;
        this.file = folder.resolve(fileName);
        this.shared = shared;
        this.exitWait = exitWait;
    }

    /** Makes a folder, and removes those of processes that have ended. */
    public static UnpackFolder makeIn(Path parent, String fileName) throws IOException {
        Path shared = parent.resolve(
                "heliograph-" + System.getProperty("user.name", "").replace('/', '_'));
        ExitWait exitWait = ExitWait.begin();
        try {
            return new UnpackFolder(make(parent, shared), fileName, shared, exitWait);
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
            shared.toFile().delete(); // unless another process has a folder in it
        } finally {
            exitWait.end();
        }
    }

    private static Path make(Path parent, Path shared) throws IOException {
        String self = idOf("self");
        for (int attempt = 1; ; attempt++) {
            boolean isNew = makeShared(shared);
            if (!isNew && !isOurs(shared)) {
                return PrivateFolder.makeIn(parent, "heliograph-");
            }
            if (!isNew && self != null) {
                clear(shared);
            }
            try {
                return PrivateFolder.makeIn(shared, self == null ? "" : self + "-");
            } catch (NoSuchFileException removedByAnother) {
                if (attempt == MOST_ATTEMPTS) {
                    throw removedByAnother;
                }
            }
        }
    }

    private static boolean makeShared(Path shared) throws IOException {
        try {
            PrivateFolder.make(shared);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** Whether no other user can have made it, or can write to it. */
    private static boolean isOurs(Path shared) {
        try {
            Object owner = Files.getAttribute(shared, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            int mode = (Integer) Files.getAttribute(shared, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                    && (mode & UNIX_TYPE_AND_OTHERS) == UNIX_FOLDER;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void clear(Path shared) {
        String[] names = shared.toFile().list();
        for (int i = 0; names != null && i < names.length; i++) {
            if (isOfEnded(names[i])) {
                remove(shared.resolve(names[i]));
            }
        }
    }

    private static void remove(Path folder) {
        String[] names = folder.toFile().list();
        for (int i = 0; names != null && i < names.length; i++) {
            folder.resolve(names[i]).toFile().delete();
        }
        folder.toFile().delete();
    }

    private static boolean isOfEnded(String name) {
        int pidEnd = name.indexOf('-');
        int startEnd = name.indexOf('-', pidEnd + 1);
        if (pidEnd < 0 || startEnd < 0) {
            return false;
        }
        String now = idOf(name.substring(0, pidEnd));
        return now != null && !now.equals(name.substring(0, startEnd));
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
            return pid.equals("self") ? null : "";
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
                hook.ended = true;
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
