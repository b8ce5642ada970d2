package io.heliograph.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines that a process writes to one of its streams, as they come. */
public final class Lines {
    /** Not a time that anything is expected to take: where a test would otherwise hang forever, it fails. */
    private static final long MOST_SECONDS = 120;

    private final List<String> lines = new ArrayList<>();
    private final String name;
    private boolean ended;

    Lines(String name, InputStream stream) {
        this.name = name;
        Thread reader = new Thread(() -> read(stream), "lines of " + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void read(InputStream stream) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                add(line);
            }
        } catch (IOException closedWithTheProcess) {
            // As good as the end of the stream.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits for a line, seen before or to come, in which the regular expression is found. */
    public Matcher await(String regex) {
        return await(regex, 1);
    }

    /** Waits for the n-th such line. Fails with all lines when the stream ends without it. */
    public synchronized Matcher await(String regex, int occurrence) {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
        int seen = 0;
        for (int next = 0; ; ) {
            for (; next < lines.size(); next++) {
                Matcher matcher = pattern.matcher(lines.get(next));
                if (matcher.find() && ++seen == occurrence) {
                    return matcher;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError((ended ? "ended without" : "no sign of") + " line " + occurrence + " of /"
                        + regex + "/ in " + name + ":\n" + String.join("\n", lines));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** All lines up to the end of the stream. */
    public synchronized List<String> all() {
        while (!ended) {
            try {
                wait(0);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return List.copyOf(lines);
    }

    /** The lines so far. */
    public synchronized List<String> soFar() {
        return List.copyOf(lines);
    }

    private AssertionError interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting for " + name, cause);
    }
}
