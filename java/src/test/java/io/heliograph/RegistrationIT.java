package io.heliograph;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Conversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing at odd moments, and workers that fail, harm nobody. */
class RegistrationIT {
    private static final String[] DELIVERIES = {"inline", "own", "executor"};

    @Test
    void aSecondCloseDoesNothing() {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 inline", "on b USR1 inline", "close a", "close a");
            assertThat(app.tell("disposition USR1")).startsWith("CAUGHT ours=true registrations=1 ");
            app.tellAll("raise USR1", "close b", "close b", "close a");
            assertThat(app.tell("disposition USR1")).isEqualTo("DEFAULT ours=false registrations=0 in none");
            app.tellAll("on c USR1 inline", "close b", "raise USR1");
            app.out().await("^c got Sent USR1 ");
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .filteredOn(line -> line.contains(" got "))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inline", "own", "executor"})
    void aWorkerClosesItsOwnRegistration(String delivery) {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on a USR1 " + delivery + " closes a", "raise USR1");
            app.out().await("^closed a$");
            assertThat(app.tell("disposition USR1")).isEqualTo("DEFAULT ours=false registrations=0 in none");
            app.tellAll("on b USR1 " + delivery, "queue self USR1 2");
            app.out().await("^b got Queued USR1 .* value 2 ");
            assertThat(app.end()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .filteredOn(line -> line.startsWith("a got "))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"inline, inline", "inline, own", "inline, executor", "own, inline"})
    void aWorkerClosesAnother(String closing, String closed) {
        try (Conversation app = Conversation.with(ChildJvm.jvm())) {
            app.tellAll("on b USR1 " + closed, "on a WINCH " + closing + " closes b", "raise USR1", "raise WINCH");
            app.out().await("^closed b$");
            app.out().await("^b got Sent USR1 ");
            assertThat(app.tell("disposition USR1")).isEqualTo("DEFAULT ours=false registrations=0 in none");
            app.tellAll("queue self WINCH 2");
            app.out().await("^a got Queued WINCH .* value 2 ");
            assertThat(app.end()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "throws-runtime-exception, java.lang.IllegalStateException",
        "throws-error, java.lang.AssertionError",
        "throws-interrupted, java.lang.InterruptedException"
    })
    void aFailingWorkerIsReportedAndHarmsNobody(String failure, String type) {
        for (String delivery : DELIVERIES) {
            try (Conversation app = Conversation.with(ChildJvm.jvm())) {
                app.tellAll("on a USR1 " + delivery + " " + failure, "on b USR1 " + delivery, "on c URG inline");
                for (int value = 1; value <= 3; value++) {
                    app.tellAll("queue self USR1 " + value, "queue self URG " + value);
                    String thread = app.out()
                            .await("^a got Queued USR1 .* value " + value + " in (.*)$")
                            .group(1);
                    assertThat(thread).doesNotContain("interrupted");
                    app.out().await("^uncaught " + type + ": on purpose in " + thread + "$", value);
                    assertThat(app.out()
                                    .await("^b got Queued USR1 .* value " + value + " in (.*)$")
                                    .group(1))
                            .doesNotContain("interrupted");
                    app.out().await("^c got Queued URG .* value " + value + " in heliograph-dispatcher$");
                }
                assertThat(app.tell("ledger USR1")).isEqualTo("arrived=3 dispatched=3 lost=0");
                assertThat(app.end()).isEqualTo("exited 0");
            }
        }
    }
}
