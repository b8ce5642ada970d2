package io.heliograph.springapp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Greets by a bean whenever its standard input has a line. With the argument {@code --server} a thread of its own does so, and
 * the main thread ends.
 */
@SpringBootApplication
public class App {
    private static volatile @Nullable ConfigurableApplicationContext context;

    /** Starts the context, and says "ready". */
    public static void main(String[] args) throws InterruptedException {
        ConfigurableApplicationContext its = SpringApplication.run(App.class, args);
        context = its;
        Greeting greeting = its.getBean(Greeting.class);
        Thread main = Thread.currentThread();
        boolean serves = its.getEnvironment().containsProperty("server");
        Thread server = new Thread(() -> serve(greeting, serves ? main : null), "server");
        server.start();
        if (!serves) {
            server.join();
        }
    }

    /** What an operator binds to HUP. */
    public static void reload() throws IOException {
        ConfigurableApplicationContext its = context;
        if (its == null) {
            throw new IllegalStateException("not started yet");
        }
        its.getBean(Greeting.class).reload();
    }

    private static void serve(Greeting greeting, @Nullable Thread before) {
        try {
            if (before != null) {
                before.join();
            }
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String name = in.readLine(); name != null; name = in.readLine()) {
                System.out.println(greeting.to(name));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
