package io.heliograph.internal.proc;

/**
 * Parses {@code /proc/PID/cgroup}, which has a line {@code HIERARCHY:CONTROLLERS:PATH} for each hierarchy (cgroups(7)).
 */
public final class Cgroup {
    /** The whole machine or container. */
    public static final String ROOT = "/";

    private static final String UNIFIED = "0::";

    private Cgroup() {}

    /** The path in the unified hierarchy (version 2); if that is the root, the longest path in another one. */
    public static String path(String text) {
        String longest = ROOT;
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            String line = text.substring(start, end);
            String path = line.substring(line.indexOf(':', line.indexOf(':') + 1) + 1);
            if (line.startsWith(UNIFIED) && path.length() > ROOT.length()) {
                return path;
            }
            if (path.startsWith(ROOT) && path.length() > longest.length()) {
                longest = path;
            }
            start = end + 1;
        }
        return longest;
    }

    /** The last part of a path: the unit, the pod or the container. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
