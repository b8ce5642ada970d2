package io.heliograph.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One scrape in Prometheus' text format 0.0.4: its samples by name and labels, and the type of each metric. */
public final class Scrape {
    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern SAMPLE = Pattern.compile("(" + NAME + ")(?:\\{(.*)\\})? (\\S+)(?: -?[0-9]+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(?:,|$)");
    private static final Pattern TYPE =
            Pattern.compile("# TYPE (" + NAME + ") (counter|gauge|histogram|summary|untyped)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new LinkedHashMap<>();

    private Scrape() {}

    /** Fails at the first line that the format does not allow, and at a sample that is there twice. */
    public static Scrape parse(String text) {
        Scrape scrape = new Scrape();
        text.lines().forEach(scrape::add);
        return scrape;
    }

    /** Reads it from the address, by HTTP. */
    public static Scrape get(String address) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                    .header("Accept", "text/plain")
                    .build();
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(address + ": " + response.statusCode() + " " + response.body());
            }
            return parse(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void add(String line) {
        Matcher type = TYPE.matcher(line);
        if (type.matches()) {
            types.put(type.group(1), type.group(2));
        } else if (!line.isEmpty() && !line.startsWith("# HELP ")) {
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new AssertionError("no sample of the text format: " + line);
            }
            String key = key(sample.group(1), labels(sample.group(2) == null ? "" : sample.group(2), line));
            if (samples.put(key, number(sample.group(3))) != null) {
                throw new AssertionError("there twice: " + key);
            }
        }
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!label.find(end) || label.start() != end) {
                throw new AssertionError("no labels of the text format: " + line);
            }
            labels.put(label.group(1), label.group(2));
            end = label.end();
        }
        return labels;
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static String key(String name, Map<String, String> labels) {
        return name + labels;
    }

    /** The value of the sample with this name and exactly these labels, given as name, value, name, value. */
    public double value(String name, String... labels) {
        return sample(name, labels)
                .orElseThrow(() -> new AssertionError(
                        "no sample " + name + List.of(labels) + " among\n" + String.join("\n", samples.keySet())));
    }

    private Optional<Double> sample(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        return Optional.ofNullable(samples.get(key(name, wanted)));
    }

    /** The same; 0 if there is no such sample yet. */
    public double valueOrZero(String name, String... labels) {
        return sample(name, labels).orElse(0.0);
    }

    /** The name and labels of each sample, as {@code name{a=b, c=d}}, in the order of the text. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(samples.keySet());
    }

    /** The type that the text gives the metric; "none" if it gives none. */
    public String type(String name) {
        return types.getOrDefault(name, "none");
    }
}
