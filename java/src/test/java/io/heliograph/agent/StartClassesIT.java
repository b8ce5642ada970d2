package io.heliograph.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.internal.seam.NativeLibrary;
import io.heliograph.programs.LoadingSeen;
import io.heliograph.programs.PlainApp;
import io.heliograph.testing.Child;
import io.heliograph.testing.ChildJvm;
import io.heliograph.testing.Courier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The classes of a start are defined in one go, and the list of them is whole. It is in an order in which no class loader
 * would load them.
 */
class StartClassesIT {
    private static final Path LIST = Path.of("src/packaging/start-classes.txt");
    /** The jar that a class says it is from. */
    private static final Pattern OURS = Pattern.compile("(io\\.heliograph\\.\\S+) source: file:.*/heliograph\\.jar$");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void areThoseOfTheList(boolean isNative) throws IOException {
        List<String> list = Files.readAllLines(LIST);
        List<String> loaded = loadedUntilTheFirstSignalIsToldOf(isNative);
        int first = loaded.indexOf(list.get(0));
        assertThat(loaded.stream().skip(first).limit(list.size()).toList())
                .as("defined in one go, in the order of %s: what is missing here was loaded before", LIST)
                .isEqualTo(list);
        assertThat(loaded.stream().skip(first + list.size()).toList())
                .as("loaded one by one from the jar: add them to %s, behind what they extend and implement", LIST)
                .isEmpty();
    }

    /** As if the class loader had found them: other agents are told their names, and the package has the jar's version. */
    @Test
    void haveNamesAndAVersion(@TempDir Path folder) throws IOException {
        Path agent = folder.resolve("seeing.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), LoadingSeen.class.getName());
        new JarOutputStream(Files.newOutputStream(agent), manifest).close();
        ChildJvm jvm = ChildJvm.jvm().option("-javaagent:" + agent).agent("");
        try (Child app = jvm.start(LoadingSeen.class)) {
            assertThat(app.ended()).isEqualTo("exited 0");
            assertThat(app.out().all())
                    .containsExactly(
                            "more than 70 with a name: true",
                            "without a name: 0",
                            "version: " + NativeLibrary.version());
        }
    }

    private static List<String> loadedUntilTheFirstSignalIsToldOf(boolean isNative) {
        ChildJvm jvm = ChildJvm.jvm().option("-Xlog:class+load:stdout").agent(isNative, "");
        try (Child app = jvm.start(PlainApp.class)) {
            app.out().await("^ready$");
            try (Courier courier = Courier.send("USR2", app.pid())) {
                app.err().await(courier.logged("USR2"));
            }
            app.tell("are you there?").out().await("^heard are you there\\?$");
            return app.out().soFar().stream()
                    .map(OURS::matcher)
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .toList();
        }
    }
}
