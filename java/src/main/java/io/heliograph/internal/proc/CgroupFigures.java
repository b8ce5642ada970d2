package io.heliograph.internal.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Figures of this process's own control group, of version 1 or 2 (cgroups(7), the kernel's cgroup-v2.rst and
 * cgroup-v1/memory.rst). A figure that is not there is -1.
 *
 * @param memory bytes in use
 * @param peak the most that were in use
 * @param limit the lowest limit of the group and those above it that are seen from here; -1 too if there is none
 * @param oomKills how many processes of the group the kernel has killed because the limit was reached
 * @param periods periods of the processor's limit
 * @param throttled those in which the group was held back
 */
public record CgroupFigures(long memory, long peak, long limit, long oomKills, long periods, long throttled) {
    /** A machine with many mounts has some hundred lines. */
    private static final int MOST_BYTES = 1 << 20;

    /** Version 1 says LONG_MAX, rounded to pages, where there is no limit. */
    private static final long NO_LIMIT = 1L << 60;

    /** Those of now. */
    public static CgroupFigures now() {
        String groups = read(Path.of("/proc/self/cgroup"));
        String mounts = read(Path.of("/proc/self/mountinfo"));
        return of(CgroupFolder.find("memory", groups, mounts), CgroupFolder.find("cpu", groups, mounts));
    }

    static CgroupFigures of(@Nullable CgroupFolder memory, @Nullable CgroupFolder cpu) {
        long[] its = {-1, -1, -1, -1};
        if (memory != null) {
            Path folder = memory.folder();
            its = memory.isUnified()
                    ? new long[] {
                        number(folder, "memory.current"),
                        number(folder, "memory.peak"),
                        limit(memory, "memory.max"),
                        entry(folder, "memory.events", "oom_kill")
                    }
                    : new long[] {
                        number(folder, "memory.usage_in_bytes"),
                        number(folder, "memory.max_usage_in_bytes"),
                        limit(memory, "memory.limit_in_bytes"),
                        entry(folder, "memory.oom_control", "oom_kill")
                    };
        }
        return new CgroupFigures(
                its[0],
                its[1],
                its[2],
                its[3],
                cpu == null ? -1 : entry(cpu.folder(), "cpu.stat", "nr_periods"),
                cpu == null ? -1 : entry(cpu.folder(), "cpu.stat", "nr_throttled"));
    }

    private static long limit(CgroupFolder memory, String file) {
        long lowest = -1;
        for (Path folder = memory.folder();
                folder != null && folder.startsWith(memory.mount());
                folder = folder.getParent()) {
            long limit = number(folder, file);
            if (limit >= 0 && limit < NO_LIMIT && (lowest < 0 || limit < lowest)) {
                lowest = limit;
            }
        }
        return lowest;
    }

    /** -1 also for {@code max}. */
    private static long number(Path folder, String file) {
        return number(read(folder.resolve(file)).strip());
    }

    /** The number behind a word at the beginning of a line. */
    private static long entry(Path folder, String file, String word) {
        for (String line : read(folder.resolve(file)).split("\n", -1)) {
            if (line.startsWith(word + " ")) {
                return number(line.substring(word.length() + 1).strip());
            }
        }
        return -1;
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static String read(Path file) {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        } catch (IOException notThere) {
            return "";
        }
    }

    /**
     * Where the figures of one controller are.
     *
     * @param mount the mount point above the folder
     */
    record CgroupFolder(Path folder, Path mount, boolean isUnified) {
        /**
         * Finds it by {@code /proc/self/cgroup} and {@code /proc/self/mountinfo}; null if it is not mounted. In a
         * container the own group is mounted as the root, and the path in the first file may still be the host's.
         */
        static @Nullable CgroupFolder find(String controller, String groups, String mounts) {
            String unified = null;
            for (String line : groups.split("\n", -1)) {
                String[] parts = line.split(":", 3);
                if (parts.length == 3 && has(parts[1], controller)) {
                    return in(controller, parts[2], mounts);
                }
                unified = parts.length == 3 && parts[0].equals("0") ? parts[2] : unified;
            }
            return unified == null ? null : in("", unified, mounts);
        }

        private static boolean has(String list, String controller) {
            return ("," + list + ",").contains("," + controller + ",");
        }

        /** In the mount of the controller; of version 2 if that is empty. A line is explained in proc_pid_mountinfo(5). */
        private static @Nullable CgroupFolder in(String controller, String path, String mounts) {
            boolean isUnified = controller.isEmpty();
            for (String line : mounts.split("\n", -1)) {
                String[] sides = line.split(" - ", 2);
                String[] left = sides[0].split(" ", -1);
                String[] right = sides[sides.length - 1].split(" ", -1);
                if (left.length > 4
                        && right.length > 2
                        && right[0].equals(isUnified ? "cgroup2" : "cgroup")
                        && (isUnified || has(right[2], controller))) {
                    Path mount = Path.of(left[4]);
                    Path folder = mount.resolve(relative(path, left[3]));
                    return new CgroupFolder(Files.isDirectory(folder) ? folder : mount, mount, isUnified);
                }
            }
            return null;
        }

        private static String relative(String path, String root) {
            String below = !root.equals("/") && path.startsWith(root) ? path.substring(root.length()) : path;
            return below.replaceFirst("^/+", "");
        }
    }
}
