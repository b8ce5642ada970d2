package io.heliograph.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A small HTTP server that knows nothing of signals: the app of the files in {@code deploy/}. It answers with its
 * greeting, which {@link #reload} reads anew from a file.
 */
public final class Service {
    private static final String NONE = "hello";

    private static volatile Path file = Path.of("");
    private static volatile String greeting = NONE;

    private Service() {}

    /** With the port, and the file of the greeting, which need not exist yet. */
    public static void main(String[] args) throws IOException {
        if (args.length < 1 || args.length > 2 || !args[0].matches("[0-9]{1,5}")) {
            System.err.println("usage: Service PORT [FILE], where the first line of FILE is the greeting");
            System.exit(64);
        }
        if (args.length == 2) {
            file = Path.of(args[1]);
            if (Files.exists(file)) {
                reload();
            }
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(args[0])), 0);
        server.createContext("/", Service::answer);
        server.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        System.out.println("listens on port " + server.getAddress().getPort());
    }

    /** For {@code HUP=run:io.heliograph.examples.Service.reload}. If it throws, the old greeting stays. */
    public static void reload() throws IOException {
        if (!file.toString().isEmpty()) {
            greeting = Files.readAllLines(file).stream().findFirst().orElse(NONE);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] answer = (greeting + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Lets requests under way end, for five seconds at most. */
    private static void stop(HttpServer server) {
        server.stop(5);
        System.out.println("stopped");
    }
}
