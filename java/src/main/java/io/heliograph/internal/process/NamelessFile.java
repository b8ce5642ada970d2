package io.heliograph.internal.process;

import io.heliograph.internal.jni.Native;
import io.heliograph.internal.jni.NativeCall;
import io.heliograph.internal.jni.NativeProcess;
import io.heliograph.internal.jni.UnpackFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file for child processes that has no name, so that nothing of it outlives this process. A child of this user opens it
 * as {@link #path}, if {@link #requireOwnProc}. The native library must be loaded.
 */
final class NamelessFile implements AutoCloseable {
    private final int descriptor;

    private NamelessFile(int descriptor) {
        this.descriptor = descriptor;
    }

    /** The path, and the supervisor's look at this process and at a command's descendants, need it. */
    static void requireOwnProc() throws IOException {
        Path self = Path.of("/proc/self");
        String shown = Files.isSymbolicLink(self) ? Files.readSymbolicLink(self).toString() : "nothing";
        if (!shown.equals(Long.toString(ProcessHandle.current().pid()))) {
            throw new IOException("heliograph needs the /proc of this process's pid namespace to start processes: "
                    + "this is process " + ProcessHandle.current().pid() + ", and /proc/self shows " + shown
                    + ". Mount it, as unshare --mount-proc does");
        }
    }

    /** In memory (memfd_create(2)). */
    static NamelessFile inMemory(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        int descriptor = NativeProcess.memoryFile(Native.address(buffer), bytes.length);
        return new NamelessFile(NativeCall.check(descriptor, "memfd_create()"));
    }

    /** In a private folder, from which it is removed at once. */
    static NamelessFile unpackedIn(Path parent, String fileName, byte[] bytes) throws IOException {
        try (UnpackFolder folder = UnpackFolder.makeIn(parent, fileName)) {
            Path file = folder.file();
            Files.write(file, bytes);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
            byte[] name = (file.toAbsolutePath() + "\0").getBytes(StandardCharsets.UTF_8);
            ByteBuffer buffer = ByteBuffer.allocateDirect(name.length).put(name);
            int descriptor = NativeProcess.openFile(Native.address(buffer));
            return new NamelessFile(NativeCall.check(descriptor, "open(" + file + ")"));
        }
    }

    /** Valid until it is closed, or this process has ended. */
    String path() {
        return "/proc/" + ProcessHandle.current().pid() + "/fd/" + descriptor;
    }

    @Override
    public void close() {
        NativeProcess.close(descriptor);
    }
}
