package io.heliograph.springapp;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Eventually;
import io.heliograph.testing.Scrape;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The example as operators run it: a fat jar that is sent signals and asked by HTTP. */
class StarterIT {
    private static final String UNAVAILABLE = "Signals are left as they are: ";

    @TempDir
    private Path folder;

    private Path word;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void aWord() throws IOException {
        word = Files.writeString(folder.resolve("word"), "hello");
    }

    @Test
    void hupReloadsAndTermDrains() throws Exception {
        try (Child app = start(List.of())) {
            assertThat(get(app, "/greeting").body()).isEqualTo("hello, web");
            Files.writeString(word, "good evening");
            kill(app, "HUP");
            // The listener's thread has the fat jar's loader, by which it can load what it has not loaded yet.
            app.out().await("^reloaded in org\\.springframework\\.boot\\.loader\\.launch\\.LaunchedClassLoader$");
            assertThat(get(app, "/greeting").body()).isEqualTo("good evening, web");
            try (Child sender = sender(app, "USR1")) {
                app.out().await("^USR1 from sh$");
            }
            kill(app, "USR2");
            app.out().await(" Thread dump at USR2:$");
            app.out().await("^\"server\" #\\d+ ");

            JsonNode signals = json(app);
            assertThat(signals.at("/ledger/HUP/arrived").asInt()).isEqualTo(1);
            assertThat(signals.at("/lastSenders/HUP/origin").asString()).isEqualTo("OTHER_PROCESS");
            assertThat(signals.at("/dispositions/HUP/kind").asString()).isEqualTo("CAUGHT");
            assertThat(signals.at("/dispositions/URG/kind").asString()).isEqualTo("DEFAULT");
            assertThat(get(app, "/actuator/signals", "Accept", "text/plain").body())
                    .containsPattern(
                            "(?m)^HUP +1 +caught +Heliograph .* catch .*SignalPublisher.*, own thread, with sender ")
                    .containsPattern("(?m)^TERM .* observe .*ShutdownLog[^;]*, inline, with sender");
            Scrape scrape = Scrape.get(url(app) + "/actuator/prometheus");
            assertThat(scrape.value("heliograph_signals_observed_total", "signal", "HUP", "origin", "other_process"))
                    .isEqualTo(1);
            assertThat(scrape.value("heliograph_signals_arrived_total", "signal", "USR1"))
                    .isEqualTo(1);

            CompletableFuture<HttpResponse<String>> slow =
                    client.sendAsync(request(app, "/slow").build(), BodyHandlers.ofString());
            app.out().await("^slow began$");
            try (Child sender = sender(app, "TERM")) {
                assertThat(slow.get().body()).isEqualTo("slow and well");
                app.out()
                        .await("INFO .* Shutting down: TERM from pid " + sender.pid()
                                + ", uid \\d+.*, command \"sh\", parent pid \\d+, command \"how_ended\", \\d+ ms ago$");
            }
            app.out().await("Graceful shutdown complete");
            assertThat(app.ended()).isEqualTo("exited 143");
            assertThat(app.err().all()).isEmpty();
        }
    }

    /** Two copies would count for themselves: the endpoint would not see the agent's registration. */
    @Test
    void besideTheAgentOneCopyServesBoth() throws Exception {
        try (Child app = start(List.of("-javaagent:" + ChildJvm.jar()))) {
            assertThat(registered(json(app), "TERM"))
                    .contains("OBSERVE agent: log", "OBSERVE io.heliograph.spring.ShutdownLog$$Lambda");
            kill(app, "HUP");
            app.out().await("^reloaded in ");
            app.err().await("^heliograph: HUP from pid ");
            Eventually.until(
                    "HUP is dispatched",
                    () -> json(app).at("/ledger/HUP/dispatched").asInt() == 1);
            kill(app, "TERM");
            app.out().await("Shutting down: TERM from pid ");
            app.err().await("^heliograph: TERM from pid ");
            assertThat(app.ended()).isEqualTo("exited 143");
        }
    }

    @Test
    void withoutTheLibraryALineSaysWhyAndNothingElseHappens() throws Exception {
        try (Child app = start(List.of("-Dos.arch=none"))) {
            assertThat(get(app, "/actuator/signals").statusCode()).isEqualTo(404);
            assertThat(Scrape.get(url(app) + "/actuator/prometheus").keys())
                    .isNotEmpty()
                    .noneMatch(key -> key.startsWith("heliograph"));
            kill(app, "HUP");
            assertThat(app.ended()).isEqualTo("exited 129");
            assertThat(app.out().all())
                    .filteredOn(line -> line.contains("eliograph's native library"))
                    .singleElement()
                    .asString()
                    .contains(
                            " WARN ",
                            UNAVAILABLE + "heliograph's native library could not be loaded: this is linux-none-gnu, ");
        }
    }

    /** KILL is the meters' to refuse, if nothing else does before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hup=relaod | \"relaod\" is no action: write event, catch, reload, thread-dump, ignore",
                "kill=event | KILL can't be caught, observed or ignored: POSIX leaves it to the kernel alone; "
                        + "TERM is the signal that asks a process to end",
                "rtmax-1=wrong | \"wrong\" is no action: write event, catch, reload, thread-dump, ignore"
            })
    void aWrongPropertyHasOneClearMessage(String property, String reason) {
        String name = "heliograph.signals." + property.replaceFirst("=.*", "");
        String word = property.replaceFirst(".*=", "");
        try (Child app = Child.start(command(List.of(), "--heliograph.signals." + property), Map.of())) {
            assertThat(app.ended()).isEqualTo("exited 1");
            assertThat(app.out().all())
                    .contains("APPLICATION FAILED TO START", reason)
                    .anyMatch(line -> line.startsWith("Invalid value '" + word + "' for configuration property '" + name
                            + "' (originating from '\"" + name + "\" from property source \"commandLineArgs\"')"))
                    .noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private Child start(List<String> options) {
        Child app = Child.start(command(options), Map.of());
        app.out().await("^ready$");
        return app;
    }

    private List<String> command(List<String> options, String... arguments) {
        List<String> command = new ArrayList<>(List.of(ChildJvm.tool("java"), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-jar", System.getProperty("heliograph.spring"), "--greeting=file:" + word, "--server"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static void kill(Child app, String signal) {
        Child.run("sh", "-c", "kill -s " + signal + " " + app.pid());
    }

    /** A shell that has sent the signal and lives on, so that a busy machine still knows it. */
    private static Child sender(Child app, String signal) {
        return Child.start("sh", "-c", "kill -s " + signal + " " + app.pid() + "; read end");
    }

    private static String url(Child app) {
        return "http://127.0.0.1:"
                + app.out().await("Tomcat started on port (\\d+)").group(1);
    }

    private static HttpRequest.Builder request(Child app, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(app) + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> get(Child app, String path, String... headers) {
        try {
            return client.send(request(app, path, headers).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode json(Child app) {
        return JsonMapper.shared().readTree(get(app, "/actuator/signals").body());
    }

    private static List<String> registered(JsonNode signals, String signal) {
        List<String> registered = new ArrayList<>();
        signals.at("/dispositions/" + signal + "/registered").forEach(node -> registered.add(node.asString()));
        return registered;
    }
}
