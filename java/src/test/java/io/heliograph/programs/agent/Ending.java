package io.heliograph.programs.agent;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.programs.Talk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** An app that ends in the way that its argument names. It says "ready". */
public final class Ending {
    private Ending() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "plain" -> {
                hook("fine", () -> {});
                ready();
            }
            case "hang in main" -> {
                hook("fine", () -> {});
                Talk.say("ready");
                hang();
            }
            case "slow" -> {
                hook("slow", () -> Talk.hear("go"));
                Talk.say("ready");
                hang();
            }
            case "hang" -> {
                hook("hanger", Ending::hang);
                ready();
            }
            case "barrier" -> {
                awaitTerm();
                Talk.say("cleaned up");
            }
            case "barrier, own status" -> {
                awaitTerm();
                System.exit(5);
            }
            case "barrier, hang" -> {
                awaitTerm();
                Talk.say("hangs");
                hang();
            }
            case "handler later" -> {
                hook("fine", () -> {});
                Talk.say("ready");
                Talk.hear("set");
                sun.misc.Signal.handle(new sun.misc.Signal("TERM"), new Handler());
                Talk.say("set");
                Talk.hear("end");
            }
            case "server" -> serve();
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static void ready() {
        Talk.say("ready");
        Talk.hear("end");
    }

    /** As Agrona's ShutdownSignalBarrier: the handler wakes the main thread, which ends the app. */
    private static void awaitTerm() throws InterruptedException {
        CountDownLatch arrived = new CountDownLatch(1);
        sun.misc.Signal.handle(new sun.misc.Signal("TERM"), signal -> {
            Talk.say("handled");
            arrived.countDown();
        });
        Talk.say("ready");
        arrived.await();
    }

    /** A handler with a name. */
    public static final class Handler implements sun.misc.SignalHandler {
        @Override
        public void handle(sun.misc.Signal signal) {
            Talk.say("handled");
        }
    }

    /** For {@code run}. */
    public static void drain() {
        Talk.say("drained");
    }

    /** For {@code run}: it ends when it hears a line. */
    public static void drainSlowly() {
        Talk.say("draining");
        Talk.hear("go");
        Talk.say("drained");
    }

    private static void hook(String name, Runnable body) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            Talk.say(name + " at work");
                            body.run();
                            Talk.say(name + " done");
                        },
                        name));
    }

    private static void hang() {
        for (; ; ) {
            LockSupport.park();
        }
    }

    /** Answers until the exit begins. */
    private static void serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = "answer".getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        hook("stop", () -> server.stop(0));
        Talk.say("port " + server.getAddress().getPort());
        Talk.say("ready");
    }
}
