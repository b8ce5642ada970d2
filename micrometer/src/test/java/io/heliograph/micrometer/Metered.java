package io.heliograph.micrometer;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.Registration;
import io.heliograph.Signal;
import io.heliograph.Signals;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Serves the meters of the usual signals to Prometheus: "port 4711", then "ready". It does what its standard input says, line
 * by line: "catch USR1", "raise USR1", "load LIBRARY", "close" and "bind" (the meters), "refuse" (meters of KILL). It says "done"
 * after each.
 */
final class Metered {
    private Metered() {}

    public static void main(String[] args) throws IOException {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SignalMetrics metrics = new SignalMetrics();
        metrics.bindTo(registry);
        System.out.println("port " + serve(registry));
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            obey(line.split(" ", -1), metrics, registry);
            System.out.println("done " + line);
        }
        System.exit(0);
    }

    @SuppressWarnings("restricted") // System.load, on Java 24 and later
    private static void obey(String[] words, SignalMetrics metrics, MeterRegistry registry) {
        switch (words[0]) {
            case "catch" -> {
                Registration caught = Signals.on(Signal.of(words[1]), event -> {});
                System.out.println("caught " + caught.signal());
            }
            case "raise" -> Signals.raise(Signal.of(words[1]));
            case "load" -> System.load(words[1]);
            case "close" -> metrics.close();
            case "bind" -> metrics.bindTo(registry);
            case "refuse" -> refuse(registry);
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void refuse(MeterRegistry registry) {
        try {
            new SignalMetrics(List.of(Signal.TRAP, Signal.KILL)).bindTo(registry);
        } catch (IllegalArgumentException refused) {
            System.out.println("refused " + refused.getMessage());
        }
        System.out.println("observers "
                + Signals.dispositions().get(Signal.TRAP).registered().size());
        System.out.println("meters "
                + registry.find("heliograph.signals.delay")
                        .tag("signal", "TRAP")
                        .timers()
                        .size());
    }

    private static int serve(PrometheusMeterRegistry registry) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }
}
