package io.heliograph.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.Scrape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of deploy/jmx_exporter.yaml, in Prometheus' own agent beside ours. */
class JmxExporterIT {
    private static final String OURS = "-javaagent:" + ChildJvm.jar() + "=jmx=on";
    private static final Path RULES = Path.of(System.getProperty("heliograph.deploy"), "jmx_exporter.yaml");

    private static final String ALL_ELSE = """
              - pattern: '(?s)io\\.heliograph<type=Signals><>Table.*'
                name: read_table
                value: 1
              - pattern: '.*'
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theRulesServeTheBean(boolean oursFirst) throws IOException {
        int port = freePort();
        String theirs = exporter(port, RULES);
        // ALRM stays pending: every thread inherits the mask, and neither the JVM nor the agent unblocks it.
        ChildJvm jvm = ChildJvm.jvm()
                .option(oursFirst ? OURS : theirs, oursFirst ? theirs : OURS)
                .after("env", "--block-signal=ALRM");
        try (Child app = jvm.startReady(Idle.class)) {
            Child.run("sh", "-c", "kill -s ALRM " + app.pid() + "; kill -s QUIT " + app.pid());
            app.err().await("^heliograph: QUIT from pid ");
            String address = "http://127.0.0.1:" + port + "/metrics";
            Eventually.until("QUIT is dispatched", () -> dispatched(Scrape.get(address)) == 1);
            Scrape scrape = Scrape.get(address);
            for (String count : List.of("arrived", "dispatched", "lost")) {
                String name = "heliograph_signals_" + count + "_total";
                assertThat(scrape.type(name)).isEqualTo("counter");
                assertThat(scrape.value(name, "signal", "QUIT")).isEqualTo(count.equals("lost") ? 0 : 1);
            }
            assertThat(scrape.value("heliograph_signals_disposition", "signal", "QUIT", "kind", "CAUGHT"))
                    .isEqualTo(1);
            assertThat(scrape.value("heliograph_signals_disposition", "signal", "WINCH", "kind", "DEFAULT"))
                    .isEqualTo(1);
            assertThat(scrape.value("heliograph_signals_pending", "signal", "ALRM"))
                    .isEqualTo(1);
            assertThat(scrape.value("heliograph_signals_pending", "signal", "TERM"))
                    .isZero();
            assertThat(scrape.value("jmx_scrape_error")).isZero();
            assertThat(scrape.keys()).noneMatch(key -> key.startsWith("io_heliograph"));
            Child.run("sh", "-c", "kill -s TERM " + app.pid());
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    /** Two rules more show what the exporter reads: one for all the rest, and one for a text. */
    @Test
    void onlyTheCheapAttributesOfOurBeanAreRead() throws IOException {
        int port = freePort();
        Path all = folder.resolve("all.yaml");
        Files.writeString(all, Files.readString(RULES) + ALL_ELSE);
        try (Child app = ChildJvm.jvm().option(OURS, exporter(port, all)).startReady(Idle.class)) {
            Child.run("sh", "-c", "kill -s QUIT " + app.pid());
            app.err().await("^heliograph: QUIT from pid ");
            String address = "http://127.0.0.1:" + port + "/metrics";
            Eventually.until("QUIT is dispatched", () -> dispatched(Scrape.get(address)) == 1);
            assertThat(Scrape.get(address).keys())
                    .anyMatch(key -> key.startsWith("io_heliograph_Signals_Dispositions_blockedThreads"))
                    .noneMatch(key -> key.startsWith("io_heliograph_Signals_LastSenders"))
                    .noneMatch(key -> key.startsWith("read_table"))
                    .noneMatch(key -> key.startsWith("java_lang_"));
        }
    }

    private static String exporter(int port, Path rules) {
        return "-javaagent:" + Path.of(System.getProperty("heliograph.agents"), "jmx_exporter.jar") + "=127.0.0.1:"
                + port + ":" + rules;
    }

    private static double dispatched(Scrape scrape) {
        return scrape.valueOrZero("heliograph_signals_dispatched_total", "signal", "QUIT");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
