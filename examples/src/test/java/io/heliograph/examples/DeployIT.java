package io.heliograph.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import io.heliograph.testing.Child;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files of {@code deploy/}: their commands start the example app here, and TERM ends it in order. */
class DeployIT {
    private static final String TERM_LINE = "^heliograph: TERM from pid .*, arrived ";

    @TempDir
    Path folder;

    private Deployment deployment;

    @BeforeEach
    void layOut() throws IOException {
        deployment = new Deployment(folder);
    }

    @Test
    void theImageStartsTheApp() throws IOException {
        List<String> command = new ArrayList<>(Deployment.array("ENTRYPOINT"));
        command.addAll(Deployment.array("CMD"));
        assertThat(Deployment.instructions("USER")).containsExactly("10001:10001");
        assertThat(Deployment.instructions("COPY"))
                .last()
                .isEqualTo("--from=layout " + Deployment.instructions("WORKDIR").get(0) + " /opt/app");
        try (Child app = deployment.start(command, Map.of())) {
            assertThat(answer(app)).isEqualTo("hello");
            endsInOrder(app, "exited 0");
        }
    }

    @Test
    void composeStartsTheApp() throws IOException {
        Map<?, ?> services = (Map<?, ?>) yaml("compose.yaml").get("services");
        Map<?, ?> example = (Map<?, ?>) services.get("example");
        assertThat(strings(List.copyOf(example.keySet())))
                .isSubsetOf(Set.of(
                        "build",
                        "image",
                        "entrypoint",
                        "command",
                        "stop_grace_period",
                        "read_only",
                        "tmpfs",
                        "cap_drop",
                        "security_opt",
                        "ports"));
        Map<?, ?> build = (Map<?, ?>) example.get("build");
        Path context = Deployment.ROOT.resolve("deploy").resolve("" + build.get("context"));
        assertThat(context.resolve("" + build.get("dockerfile"))).exists();
        List<String> command = new ArrayList<>(strings(example.get("entrypoint")));
        command.addAll(strings(example.get("command")));
        assertThat(example.get("stop_grace_period"))
                .isEqualTo(Deployment.seconds("deadline", command.stream()) + 2 + "s");
        try (Child app = deployment.start(command, Map.of())) {
            assertThat(answer(app)).isEqualTo("hello");
            endsInOrder(app, "exited 0");
        }
    }

    @Test
    void thePodIsRightAndStartsTheApp() throws IOException {
        JsonElement json = new Gson().toJsonTree(yaml("kubernetes/pod.yaml"));
        V1Pod.validateJsonElement(json); // it throws at a field that a pod does not have
        V1Pod pod = JSON.getGson().fromJson(json, V1Pod.class);
        V1Container container = pod.getSpec().getContainers().get(0);
        List<String> command = new ArrayList<>(container.getCommand());
        command.addAll(container.getArgs());
        assertThat(pod.getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThan(Deployment.seconds("deadline", command.stream()) + 1L);
        assertThat(String.join(" ", command)).contains("report=" + container.getTerminationMessagePath());
        try (Child app = deployment.start(command, Map.of())) {
            assertThat(answer(app)).isEqualTo("hello");
            endsInOrder(app, "exited 0");
            assertThat(folder.resolve("termination-log")).content().contains("TERM from pid ");
        }
    }

    @Test
    void theUnitStartsReloadsAndStopsTheApp() throws IOException {
        Path greeting = Files.writeString(folder.resolve("greeting"), "good morning\n");
        String socket = folder.resolve("notify").toString();
        List<String> command = List.of(Deployment.setting("ExecStart").split(" +"));
        assertThat(Integer.parseInt(Deployment.setting("TimeoutStopSec")))
                .isGreaterThan(Deployment.seconds("deadline", command.stream()));
        try (Child manager = Child.start(Child.helper("receive_notices"), socket)) {
            manager.out().await("^listening$");
            try (Child app = deployment.start(command, Map.of("NOTIFY_SOCKET", socket))) {
                manager.out().await("^" + app.pid() + ": READY=1$");
                assertThat(answer(app)).isEqualTo("good morning");
                Files.writeString(greeting, "good evening\n");
                Child.run("/bin/kill", "-HUP", "" + app.pid());
                manager.out().await(": RELOADING=1 ");
                manager.out().await(": READY=1 \\| STATUS=reloaded: HUP from pid ");
                assertThat(answer(app)).isEqualTo("good evening");
                endsInOrder(app, "exited " + Deployment.setting("SuccessExitStatus"));
                manager.out().await(": STOPPING=1 \\| EXTEND_TIMEOUT_USEC=25000000$");
            }
        }
    }

    /** Before version 253 systemd knows no notify-reload. */
    @Test
    void systemdTakesTheUnit() throws IOException {
        Path tool = Path.of("/usr/bin/systemd-analyze");
        boolean isMissing = !Files.isExecutable(tool);
        assumeTrue(
                !isMissing || "true".equals(System.getenv("CI")),
                "there is no systemd-analyze: apt-get install systemd");
        try (Child version = Child.start(tool.toString(), "--version")) {
            int number =
                    Integer.parseInt(version.out().await("^systemd ([0-9]+)").group(1));
            String unit = Deployment.text("systemd/heliograph-example.service")
                    .replaceAll("/usr/bin/java", deployment.here("java"));
            Path file = folder.resolve("heliograph-example.service");
            Files.writeString(file, number < 253 ? unit.replace("Type=notify-reload", "Type=notify") : unit);
            try (Child verify = Child.start(tool.toString(), "verify", "--man=no", file.toString())) {
                assertThat(verify.ended()).isEqualTo("exited 0");
                assertThat(verify.err().all())
                        .noneMatch(line -> line.contains(file.getFileName().toString()));
            }
        }
    }

    private static Map<?, ?> yaml(String name) throws IOException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(options)).load(Deployment.text(name));
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(String::valueOf).toList();
    }

    private static String answer(Child app) throws IOException {
        Matcher port = app.out().await("^listens on port ([0-9]+)$");
        try (InputStream in =
                URI.create("http://127.0.0.1:" + port.group(1) + "/").toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private static void endsInOrder(Child app, String end) {
        Child.run("/bin/kill", "-TERM", "" + app.pid());
        assertThat(app.ended()).isEqualTo(end);
        assertThat(app.out().all()).endsWith("stopped");
        app.err().await(TERM_LINE);
    }
}
