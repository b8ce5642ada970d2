package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.programs.agent.Destroyed;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A C program makes a JVM, destroys it and lives on: its signals do again what they did before. */
class HostIT {
    private static final String AGENT = "-javaagent:" + ChildJvm.jar();
    private static final String LIBRARY = "-agentpath:" + ChildJvm.library() + "=jar=" + ChildJvm.jar();
    private static final int INT = 2;
    private static final int USR1 = 10;
    private static final int TERM = 15;

    @ParameterizedTest
    @CsvSource({"'',", "=USR1=log", "=USR1=ignore", "=USR1=log+default", "=TERM=shutdown:5s"})
    void afterTheAgentADefaultActionEndsTheHost(String options) {
        assertThat(endBy("TERM", "-Xrs", AGENT + options)).isEqualTo("signaled " + TERM);
        assertThat(endBy("USR1", "-Xrs", AGENT + options)).isEqualTo("signaled " + USR1);
    }

    @Test
    void afterTheNativeAgentADefaultActionEndsTheHost() {
        assertThat(endBy("TERM", "-Xrs", LIBRARY)).isEqualTo("signaled " + TERM);
        assertThat(endBy("USR1", "-Xrs", LIBRARY + ",USR1=ignore")).isEqualTo("signaled " + USR1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "observe", "ignore", "default"})
    void afterARegistrationADefaultActionEndsTheHost(String registration) {
        assertThat(endBy("USR1", "-Dusr1=" + registration)).isEqualTo("signaled " + USR1);
    }

    /** Without -Xrs HotSpot leaves its own handler of TERM, which does nothing any more. */
    @Test
    void hotSpotsHandlerStaysWhereItWasBeneath() {
        try (Child host = destroyed(List.of(), AGENT + "=TERM=shutdown:5s")) {
            Child.run("kill", "-s", "TERM", "" + host.pid());
            assertThat(host.tell("end").ended()).isEqualTo("exited 0");
        }
    }

    /** The end that TERM has requested was the JVM's, and not the host's. */
    @Test
    void anEndThatWasRequestedIsOverWithTheJvm() {
        String options = "=TERM=log+delay:9h+shutdown";
        try (Child host = start(List.of("--handle", "" + INT), "-Xrs", AGENT + options)) {
            host.out().await("^ready$");
            Child.run("kill", "-s", "TERM", "" + host.pid());
            host.err().await("^heliograph: TERM from ");
            host.tell("destroy").out().await("^destroyed$");
            Child.run("kill", "-s", "INT", "" + host.pid());
            host.out().await("^host got 02$");
            assertThat(host.tell("end").ended()).isEqualTo("exited 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "observe", "ignore", "default"})
    void theHostsOwnHandlerIsBack(String registration) {
        try (Child host = destroyed(List.of("--handle", "" + USR1), "-Dusr1=" + registration)) {
            Child.run("kill", "-s", "USR1", "" + host.pid());
            host.out().await("^host got 10$");
            assertThat(host.tell("end").ended()).isEqualTo("exited 0");
        }
    }

    /** The dispatcher has unblocked it in its own thread, and takes it no more. */
    @Test
    void whatIsBlockedInTheHostStaysPending() {
        try (Child host = destroyed(List.of("--block", "" + USR1), "-Dusr1=on")) {
            Child.run("kill", "-s", "USR1", "" + host.pid());
            host.tell("pending").out().await("^pending$");
            assertThat(host.tell("unblock").ended()).isEqualTo("signaled " + USR1);
            assertThat(host.err().all()).isEmpty();
        }
    }

    /** The first signal's worker hangs, so that the second one is never dispatched. */
    @Test
    void whatTheJvmHasNotDispatchedGoesToTheHost() {
        try (Child host = start(List.of("--handle", "" + USR1), "-Dusr1=hang")) {
            host.out().await("^ready$");
            Child.run("kill", "-s", "USR1", "" + host.pid());
            host.out().await("^hangs$");
            Child.run("kill", "-s", "USR1", "" + host.pid());
            host.tell("destroy");
            host.out().await("^destroyed$");
            host.out().await("^host got 10$");
            assertThat(host.tell("end").ended()).isEqualTo("exited 0");
            assertThat(host.out().all()).containsOnlyOnce("host got 10");
        }
    }

    @Test
    void theHooksOfTheDestructionStillHaveTheirSignals() {
        try (Child host = start(List.of(), "-Xrs", "-Dusr1=hook", AGENT + "=TERM=log+ignore")) {
            host.out().await("^ready$");
            host.tell("destroy");
            host.out().await("^hook$");
            Child.run("kill", "-s", "TERM", "" + host.pid());
            host.err().await("^heliograph: TERM from .*");
            Child.run("kill", "-s", "USR1", "" + host.pid());
            host.out().await("^hook ends$");
            host.out().await("^destroyed$");
            Child.run("kill", "-s", "TERM", "" + host.pid());
            assertThat(host.ended()).isEqualTo("signaled " + TERM);
        }
    }

    private static String endBy(String signal, String... options) {
        try (Child host = destroyed(List.of(), options)) {
            Child.run("kill", "-s", signal, "" + host.pid());
            return host.ended();
        }
    }

    private static Child destroyed(List<String> setUp, String... options) {
        Child host = start(setUp, options);
        host.out().await("^ready$");
        host.tell("destroy");
        host.out().await("^destroyed$");
        return host;
    }

    private static Child start(List<String> setUp, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Child.helper("jvm_host"),
                Path.of(System.getProperty("java.home"), "lib", "server", "libjvm.so")
                        .toString()));
        command.addAll(setUp);
        command.add(Destroyed.class.getName().replace('.', '/'));
        command.addAll(List.of(options));
        command.add("-Djava.class.path=" + ChildJvm.jar() + File.pathSeparator
                + System.getProperty("heliograph.testclasses"));
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return Child.start(command, Map.of());
    }
}
