package io.heliograph.agent.log;

import static io.heliograph.agent.log.LoggedSenders.PID;
import static io.heliograph.agent.log.LoggedSenders.ancestor;
import static io.heliograph.agent.log.LoggedSenders.ended;
import static io.heliograph.agent.log.LoggedSenders.gone;
import static io.heliograph.agent.log.LoggedSenders.identity;
import static io.heliograph.agent.log.LoggedSenders.sent;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.heliograph.Sender;
import io.heliograph.SenderIdentity;
import io.heliograph.SenderIdentity.Look;
import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.internal.proc.ThisProcess;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines as a parser that is not ours reads them. */
class JsonFormatTest {
    private static final Instant TIME = Instant.parse("2026-01-01T00:00:00.120Z");
    private static final ObjectMapper PARSER = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final LogFormat json = new JsonFormat(true, Shortening.MOST_CHARACTERS);

    @Test
    void hasAllFacts() throws JsonProcessingException {
        SenderIdentity kill = new SenderIdentity(
                Look.ON_ARRIVAL,
                false,
                Optional.of("kill"),
                List.of("/bin/kill", "-USR2", ""),
                false,
                Optional.of("/usr/bin/kill"),
                Optional.of("0::/system.slice/cron.service"),
                Optional.of("sleep"));
        Sender sender = LoggedSenders.of(
                PID, 0, true, kill, ancestor(4100, Optional.of("0::/b"), "sh", "sh", "-c"), ended(3900));
        assertThat(json.event(new SignalEvent.Queued(Signal.USR2, 0, 1, sender, -7), TIME))
                .isEqualTo("{\"time\":\"2026-01-01T00:00:00.120000Z\",\"signal\":\"USR2\",\"number\":12,"
                        + "\"origin\":\"other-process\",\"pid\":4242,\"uid\":0,\"user\":\"root\",\"attaching\":true,"
                        + "\"look\":\"on-arrival\",\"command\":\"kill\",\"arguments\":[\"/bin/kill\",\"-USR2\",\"\"],"
                        + "\"becameCommand\":\"sleep\",\"executable\":\"/usr/bin/kill\","
                        + "\"cgroup\":\"/system.slice/cron.service\",\"value\":-7,\"ancestors\":["
                        + "{\"pid\":4100,\"uid\":0,\"user\":\"root\",\"command\":\"sh\",\"arguments\":[\"sh\",\"-c\"],"
                        + "\"cgroup\":\"/b\"},{\"pid\":3900,\"ended\":true}]}");
        assertThat(parse(json.event(sent(Signal.USR2, sender), TIME)).has("value"))
                .isFalse();
    }

    @Test
    void saysThatACommandLineWasReadInPart() {
        assertThat(json.event(sent(Signal.USR2, LoggedSenders.of(LoggedSenders.cut("kill", "-US"))), TIME))
                .endsWith("\"command\":\"kill\",\"arguments\":[\"-US\"],\"argumentsCut\":true}");
    }

    @Test
    void leavesOutWhatIsNotKnown() {
        assertThat(json.event(sent(Signal.TERM, LoggedSenders.of(gone(null))), TIME))
                .isEqualTo(
                        "{\"time\":\"2026-01-01T00:00:00.120000Z\",\"signal\":\"TERM\",\"number\":15,"
                                + "\"origin\":\"other-process\",\"pid\":4242,\"uid\":4000000000,\"look\":\"later\",\"gone\":true}");
        assertThat(json.event(sent(Signal.TERM, LoggedSenders.of(SenderIdentity.NONE)), TIME))
                .endsWith("\"uid\":4000000000}");
        assertThat(json.event(sent(Signal.TERM, LoggedSenders.of(ThisProcess.pid(), 0, false, identity("x"))), TIME))
                .endsWith("\"origin\":\"this-process\",\"pid\":" + ThisProcess.pid() + ",\"uid\":0,\"user\":\"root\"}");
        assertThat(json.event(sent(Signal.TERM, LoggedSenders.of(0, 0, false, identity("x"))), TIME))
                .endsWith("\"origin\":\"" + (ThisProcess.isInFirstPidNamespace() ? "details-lost" : "outside")
                        + "\",\"pid\":0,\"uid\":0}");
    }

    @Test
    void leavesCommandLinesOut() {
        Sender kill = LoggedSenders.of(identity("kill", "kill", "secret"), ancestor(2, "sh", "sh", "secret"));
        assertThat(new JsonFormat(false, Shortening.MOST_CHARACTERS).event(sent(Signal.TERM, kill), TIME))
                .contains("\"command\":\"kill\"")
                .contains("\"command\":\"sh\"")
                .doesNotContain("arguments")
                .doesNotContain("secret");
    }

    @Test
    void saysThatAUidIsAsSeenFromHere() throws JsonProcessingException {
        SenderFacts facts = SenderFacts.of(LoggedSenders.of(gone(null)), new Surroundings(false, "/"));
        String line = new SenderJson(sent(Signal.TERM, facts.sender()), TIME, Request.NONE, facts, true).make(0, 0);
        assertThat(parse(line).get("userNamespace").asBoolean()).isTrue();
    }

    @Test
    void otherEvents() {
        String time = "{\"time\":\"2026-01-01T00:00:00.120000Z\",";
        SignalEvent child =
                new SignalEvent.ChildChanged(Signal.CHLD, 0, 1, 99, 3, SignalEvent.ChildChanged.Change.EXITED);
        assertThat(json.event(child, TIME))
                .isEqualTo(time + "\"signal\":\"CHLD\",\"number\":17,\"origin\":\"child\","
                        + "\"child\":{\"pid\":99,\"change\":\"exited\",\"status\":3}}");
        assertThat(json.event(new SignalEvent.TimerExpired(Signal.ALRM, 0, 1, 5, 2), TIME))
                .isEqualTo(time + "\"signal\":\"ALRM\",\"number\":14,\"origin\":\"timer\","
                        + "\"timer\":{\"value\":5,\"overrun\":2}}");
        assertThat(json.event(new SignalEvent.Lost(Signal.USR1, 0, 1, 12), TIME))
                .isEqualTo(time + "\"signal\":\"USR1\",\"number\":10,\"origin\":\"lost\",\"count\":12}");
        assertThat(json.event(new SignalEvent.FromKernel(Signal.INT, 0, 1, 128), TIME))
                .isEqualTo(time + "\"signal\":\"INT\",\"number\":2,\"origin\":\"terminal\",\"code\":128}");
        assertThat(json.event(new SignalEvent.FromKernel(Signal.XCPU, 0, 1, 128), TIME))
                .isEqualTo(time + "\"signal\":\"XCPU\",\"number\":24,\"origin\":\"kernel\",\"code\":128}");
        assertThat(json.suppressed(Signal.USR1, 7431, TIME))
                .isEqualTo(time + "\"signal\":\"USR1\",\"number\":10,\"origin\":\"suppressed\",\"suppressed\":7431}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 12})
    void aLineFitsIntoAPipeAndIsWhole(int ancestors) throws JsonProcessingException {
        String line = json.event(sent(Signal.of("RTMIN+30"), LoggedSenders.largest(4000, ancestors)), TIME);
        assertThat(line).matches("[ -~]*").hasSizeLessThanOrEqualTo(Shortening.MOST_CHARACTERS);
        JsonNode read = parse(line);
        assertThat(read.get("argumentsCut").asBoolean()).isTrue();
        assertThat(read.get("executable").asText()).startsWith("/\u202e").endsWith("\u202e (cut)");
        assertThat(read.path("ancestors")).hasSize(Math.min(ancestors, 8));
        for (JsonNode ancestor : read.path("ancestors")) {
            assertThat(ancestor.get("command").asText()).isEqualTo("\u202e".repeat(15));
            assertThat(ancestor.get("argumentsCut").asBoolean()).isTrue();
        }
    }

    /** What a parser reads is what the sender shows, whatever that is. */
    @Test
    void anySenderIsReadBack() throws JsonProcessingException {
        Random random = new Random(20_261_129);
        for (int i = 0; i < 2000; i++) {
            String name = random(random, 15);
            List<String> arguments = List.of(random(random, 50), "", random(random, 50));
            Sender sender = LoggedSenders.of(
                    identity(Look.ON_ARRIVAL, name, arguments, null, name),
                    ancestor(2, name, arguments.toArray(String[]::new)));
            String line = json.event(sent(Signal.TERM, sender), TIME);
            assertThat(line).matches("[ -~]*");
            JsonNode read = parse(line);
            for (JsonNode process : List.of(read, read.get("ancestors").get(0))) {
                assertThat(process.get("command").asText()).isEqualTo(name);
                assertThat(process.get("arguments"))
                        .extracting(JsonNode::asText)
                        .isEqualTo(arguments);
            }
            assertThat(read.get("becameCommand").asText()).isEqualTo(name);
        }
    }

    /** Any character, lone surrogates among them, or what any bytes are decoded to. */
    private static String random(Random random, int length) {
        if (random.nextBoolean()) {
            byte[] bytes = new byte[random.nextInt(length)];
            random.nextBytes(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
        StringBuilder any = new StringBuilder();
        for (int i = random.nextInt(length); i > 0; i--) {
            any.append(
                    random.nextBoolean()
                            ? (char) random.nextInt(0x10000)
                            : "\"\\{}[],:\n\u007f\u2028\ud800\udfff".charAt(random.nextInt(13)));
        }
        return any.toString();
    }

    private static JsonNode parse(String line) throws JsonProcessingException {
        return PARSER.readTree(line);
    }
}
