package io.heliograph.jmh.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commit of the measured sources. */
public final class Commit {
    private Commit() {}

    /**
     * The commit that is checked out in the source tree, and whether the tree differs from it.
     *
     * @return "unknown" if there is no git, or the tree has no repository of its own
     */
    public static String of(Path home) throws InterruptedException {
        Optional<String> head = git(home, "rev-parse", "--verify", "HEAD");
        Optional<String> changes = git(home, "status", "--porcelain");
        if (head.isEmpty() || changes.isEmpty()) {
            return "unknown";
        }
        return head.get() + (changes.get().isEmpty() ? "" : ", with uncommitted changes");
    }

    /** The output of git; empty if it fails. */
    private static Optional<String> git(Path home, String... arguments) throws InterruptedException {
        Path root = home.toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        // The tree may have been unpacked inside another project's repository.
        builder.environment().put("GIT_CEILING_DIRECTORIES", String.valueOf(root.getParent()));
        builder.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
