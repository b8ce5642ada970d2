package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Of which sources the figures are. */
public final class Commit {
    private static final String UNKNOWN = "unknown";

    private Commit() {}

    /**
     * The commit that is checked out, and whether something was changed since.
     *
     * @param home the root of the source tree
     * @return "unknown" where there is no git, or the tree is none of git's
     */
    public static String of(Path home) throws InterruptedException {
        Optional<String> found = git(home, "rev-parse", "--show-toplevel", "HEAD");
        Optional<String> changes = git(home, "status", "--porcelain");
        if (found.isEmpty() || changes.isEmpty()) {
            return UNKNOWN;
        }
        List<String> lines = found.get().lines().toList();
        // A tree that was unpacked somewhere in another project's.
        if (lines.size() != 2 || !isSame(Path.of(lines.get(0)), home)) {
            return UNKNOWN;
        }
        return lines.get(1) + (changes.get().isEmpty() ? "" : ", with uncommitted changes");
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return one.toRealPath().equals(other.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /** What it prints; empty where it fails, or is not there. */
    private static Optional<String> git(Path home, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", home.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // It only looks: the index stays as it is.
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
