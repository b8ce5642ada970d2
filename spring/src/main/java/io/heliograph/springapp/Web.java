package io.heliograph.springapp;

import io.heliograph.SignalEvent;
import io.heliograph.spring.ReloadRequested;
import io.heliograph.spring.SignalReceived;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Greets by HTTP, reloads at HUP, and says who sent a USR1. */
@RestController
class Web {
    private final Greeting greeting;
    private final CountDownLatch closing = new CountDownLatch(1);

    Web(Greeting greeting) {
        this.greeting = greeting;
    }

    @GetMapping("/greeting")
    String greeting() {
        return greeting.to("web");
    }

    /** A request that ends only after the application has begun to. */
    @GetMapping("/slow")
    String slow() throws InterruptedException {
        System.out.println("slow began");
        closing.await();
        return "slow and well";
    }

    @EventListener
    void on(ReloadRequested reload) throws IOException {
        greeting.reload();
    }

    @EventListener(condition = "#event.signal.name == 'USR1'")
    void on(SignalReceived event) {
        if (event.event() instanceof SignalEvent.Sent sent) {
            System.out.println("USR1 from " + sent.sender().identity().command().orElse("?"));
        }
    }

    @EventListener
    void on(ContextClosedEvent closed) {
        closing.countDown();
    }
}
