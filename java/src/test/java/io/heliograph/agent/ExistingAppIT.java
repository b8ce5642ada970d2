package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An H2 server as it comes from Maven Central, which knows nothing of us, lives its life without and with the agent. */
class ExistingAppIT {
    private static final String H2 = System.getProperty("heliograph.apps") + "/h2.jar";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersItsClients(boolean withAgent) {
        try (Server server = new Server(withAgent)) {
            sql(server.url("mem:one"), "CREATE TABLE watches(name VARCHAR, minutes INT)");
            sql(server.url("mem:one"), "INSERT INTO watches VALUES ('first', 20), ('dog', 22)");
            assertThat(sql(server.url("mem:one"), "SELECT name, minutes FROM watches ORDER BY minutes"))
                    .containsExactly("NAME  | MINUTES", "first | 20", "dog   | 22", "(2 rows, # ms)");
            assertThat(server.jvm.err().soFar()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void quitPrintsTheThreadDumpAndItGoesOn(boolean withAgent) {
        try (Server server = new Server(withAgent);
                Courier courier = Courier.send("QUIT", server.jvm.pid())) {
            server.jvm.out().await("^Full thread dump ");
            server.jvm.out().await("^JNI global refs");
            server.expectOnStandardError(courier, "QUIT");
            assertThat(sql(server.url("mem:two"), "SELECT 6 * 7 AS answer")).contains("42");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void jcmdPrintsTheThreads(boolean withAgent) {
        try (Server server = new Server(withAgent);
                Child jcmd = Child.start(ChildJvm.tool("jcmd"), "" + server.jvm.pid(), "Thread.print")) {
            assertThat(jcmd.ended()).isEqualTo("exited 0");
            assertThat(jcmd.out().all())
                    .anyMatch(line -> line.startsWith("Full thread dump "))
                    .anyMatch(line -> line.startsWith("\"H2 TCP Server "));
            if (withAgent) { // it attaches by QUIT, which HotSpot then does not take for a wish to see the threads
                server.jvm.err().await("^heliograph: QUIT from (a process that attaches: )?pid " + jcmd.pid() + ",");
            }
            assertThat(server.jvm.out().soFar()).noneMatch(line -> line.startsWith("Full thread dump "));
        }
    }

    /** H2 closes its databases in a shutdown hook, and takes their lock files away. */
    @ParameterizedTest
    @CsvSource({"TERM,143,false", "TERM,143,true", "HUP,129,false", "HUP,129,true", "INT,130,false", "INT,130,true"})
    void endsAfterItsHooks(String signal, int status, boolean withAgent) {
        try (Server server = new Server(withAgent)) {
            sql(
                    server.url(folder + "/ships") + ";DB_CLOSE_DELAY=-1;FILE_LOCK=FILE",
                    "CREATE TABLE ships(name VARCHAR)");
            Path lock = folder.resolve("ships.lock.db");
            assertThat(lock).exists();
            try (Courier courier = Courier.send(signal, server.jvm.pid())) {
                assertThat(server.jvm.ended()).isEqualTo("exited " + status);
                server.expectOnStandardError(courier, signal);
            }
            assertThat(server.jvm.err().all()).hasSize(withAgent ? 1 : 0);
            assertThat(lock).doesNotExist();
        }
    }

    /** What the test above concludes from the lock file: without the hooks, it is still there. */
    @Test
    void itsLockFileTellsOfItsHooks() {
        try (Server server = new Server(false)) {
            sql(
                    server.url(folder + "/ships") + ";DB_CLOSE_DELAY=-1;FILE_LOCK=FILE",
                    "CREATE TABLE ships(name VARCHAR)");
            Child.run("sh", "-c", "kill -s KILL " + server.jvm.pid());
            assertThat(server.jvm.ended()).isEqualTo("signaled 9");
            assertThat(Files.exists(folder.resolve("ships.lock.db"))).isTrue();
        }
    }

    /** What a client gets for a statement, its time left out. */
    private static List<String> sql(String url, String statement) {
        List<String> command = List.of("-user", "sa", "-password", "", "-url", url, "-sql", statement);
        try (Child client = ChildJvm.jvm().classPath(H2).start("org.h2.tools.Shell", command.toArray(String[]::new))) {
            assertThat(client.ended()).as(() -> client.err().all().toString()).isEqualTo("exited 0");
            List<String> answer = new ArrayList<>(client.out().all());
            answer.replaceAll(line -> line.replaceAll("\\d+ ms", "# ms"));
            return answer;
        }
    }

    private static final class Server implements AutoCloseable {
        final Child jvm;
        private final boolean withAgent;
        private final String port;

        Server(boolean withAgent) {
            this.withAgent = withAgent;
            ChildJvm starting = ChildJvm.jvm().classPath(H2).option("-Dh2.bindAddress=127.0.0.1");
            jvm = (withAgent ? starting.agent("") : starting)
                    .start("org.h2.tools.Server", "-tcp", "-tcpPort", "0", "-ifNotExists");
            port = jvm.out().await("^TCP server running at .*:(\\d+) \\(").group(1);
        }

        String url(String database) {
            boolean inMemory = database.startsWith("mem:");
            return "jdbc:h2:tcp://127.0.0.1:" + port + "/" + database + (inMemory ? ";DB_CLOSE_DELAY=-1" : "");
        }

        void expectOnStandardError(Courier courier, String signal) {
            if (withAgent) {
                jvm.err().await(courier.logged(signal));
            } else {
                assertThat(jvm.err().soFar()).isEmpty();
            }
        }

        @Override
        public void close() {
            jvm.close();
        }
    }
}
