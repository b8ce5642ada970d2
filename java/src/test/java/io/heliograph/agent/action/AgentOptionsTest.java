package io.heliograph.agent.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heliograph.Signal;
import io.heliograph.agent.log.LogSettings;
import io.heliograph.agent.option.Action;
import io.heliograph.agent.option.AgentOptions;
import io.heliograph.agent.option.OptionParser;
import io.heliograph.agent.option.Settings;
import io.heliograph.agent.option.SignalActions;
import io.heliograph.agent.option.StartOptions;
import io.heliograph.agent.option.SystemdMode;
import io.heliograph.internal.dispatch.WaitMode;
import io.heliograph.testing.AnyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {
    private static final Action LOG = new LogAction();
    private static final Action IGNORE = new IgnoreAction();
    private static final Action DEFAULT = new DefaultAction();

    @TempDir
    private Path folder;

    @Test
    void noOptionsLogTheSixSignalsThatPeopleSend() {
        assertThat(parse(""))
                .isEqualTo(new AgentOptions(
                        List.of(
                                bound(Signal.HUP, LOG),
                                bound(Signal.INT, LOG),
                                bound(Signal.QUIT, LOG),
                                bound(Signal.TERM, LOG),
                                bound(Signal.USR1, LOG),
                                bound(Signal.USR2, LOG)),
                        Settings.NONE,
                        false));
    }

    @ParameterizedTest
    @CsvSource({"wait=spin,OFF", "systemd=off,OFF", "systemd=on,ON", "systemd=app,APP"})
    void whatAServiceManagerHears(String text, SystemdMode mode) {
        assertThat(parse(text).settings().systemd()).isEqualTo(mode);
    }

    @Test
    void aServiceManagerHearsNothingElse() {
        assertThatThrownBy(() -> parse("systemd=yes"))
                .hasMessage("option \"systemd=yes\": systemd=yes is nothing that systemd hears: use off or on or app");
    }

    @Test
    void aSettingAloneLeavesTheDefaultSignals() {
        assertThat(parse("wait=spin").bindings()).isEqualTo(parse("").bindings());
    }

    @ParameterizedTest
    @CsvSource({"jmx=on,true", "jmx=off,false", "wait=spin,false"})
    void theBeanIsRegisteredOnlyWithTheOption(String text, boolean wanted) {
        assertThat(parse(text).settings().hasBean()).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "jmx=yes, jmx=yes is neither on nor off: use on or off",
        "jmx=onn, jmx=onn is neither on nor off: did you mean on?",
        "jmx=, jmx= is neither on nor off: use on or off",
        "jxm=on, jxm is no setting: did you mean jmx?"
    })
    void aWrongWishForTheBean(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option \"" + text + "\": " + message);
    }

    @Test
    void bindingsKeepTheirOrder() {
        AgentOptions options = parse("USR1=log+ignore,wait=block,HUP=default+log,RTMIN+3=ignore");
        assertThat(options.bindings())
                .containsExactly(
                        bound(Signal.USR1, LOG, IGNORE),
                        bound(Signal.HUP, DEFAULT, LOG),
                        bound(Signal.realTime(3), IGNORE));
        assertThat(options.settings().waitMode()).contains(WaitMode.BLOCK);
    }

    @ParameterizedTest
    @CsvSource({"TERM,15", "SIGTERM,15", "term,15", "15,15", "RTMIN+3,37", "rtmax-1,63", "37,37", "CLD,17", "POLL,29"})
    void knowsASignalByEachOfItsNames(String name, int number) {
        assertThat(parse(name + "=log").bindings()).containsExactly(bound(Signal.of(number), LOG));
    }

    @ParameterizedTest
    @CsvSource({"shutdown:20s,20000", "shutdown:500ms,500", "deadline:2m,120000", "shutdown:1h,3600000"})
    void aDeadlineHasAUnit(String action, long millis) {
        ShutdownAction end = end(parse("TERM=" + action));
        assertThat(end.deadline()).contains(Duration.ofMillis(millis));
        assertThat(end.isLeftToApp()).isEqualTo(action.startsWith("deadline"));
        assertThat(end.hold()).isEmpty();
        assertThat(end.optionText()).isEqualTo(action);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=shutdown,death=signal", "death=signal,TERM=shutdown"})
    void theKindOfDeathHoldsWhereverItStands(String text) {
        ShutdownAction end = end(parse(text));
        assertThat(end.deadline()).isEmpty();
        assertThat(end.settings().diesBySignal()).isTrue();
        assertThat(end.settings().exitStatus()).isNegative();
    }

    @ParameterizedTest
    @CsvSource({"TERM=deadline:1s,-1", "'TERM=shutdown,exit=0',0", "'exit=255,TERM=deadline:1s',255"})
    void anEndInOrderHasAStatus(String text, int status) {
        assertThat(end(parse(text)).settings().exitStatus()).isEqualTo(status);
        assertThat(end(parse(text)).settings().ignoresSecond()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=shutdown,death=signal,exit=0", "exit=0,TERM=deadline:1s,death=signal"})
    void aDeathBySignalHasNoStatus(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option \"exit=0\": a process that dies by the signal has no exit status: leave out "
                        + "death=signal or this");
    }

    @ParameterizedTest
    @CsvSource({"ignore,true", "force,false"})
    void aSecondRequestForcesOrNot(String value, boolean ignoresSecond) {
        assertThat(end(parse("TERM=shutdown,second=" + value)).settings().ignoresSecond())
                .isEqualTo(ignoresSecond);
    }

    /** Half a second more, for the actions that say no time. */
    @ParameterizedTest
    @CsvSource({
        "TERM=delay:5s+shutdown:30s,5500",
        "TERM=log+delay:5s+thread-dump+delay:100ms+deadline:30s,5600",
        "TERM=delay:5s+shutdown,5500",
        "TERM=run:a.B.c:10s+delay:5s+shutdown,15500"
    })
    void anEndIsHeldByTheTimesBeforeIt(String text, long millis) {
        assertThat(end(parse(text)).hold()).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM=l\\og", "TERM=\\log"})
    void aBackslashTakesNothingFromAPlainCharacter(String text) {
        assertThat(parse(text).bindings()).containsExactly(bound(Signal.TERM, LOG));
    }

    @Test
    void anEscapedCommaEndsNoOption() {
        assertThatThrownBy(() -> parse("TERM=log\\,INT=log"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "option \"TERM=log\\\\,INT=log\": log,INT=log is no action: use log, thread-dump, heap-dump, "
                                + "jfr-dump, jcmd, doctor, run, delay, shutdown, deadline, raise, ignore, default");
    }

    @ParameterizedTest
    @MethodSource("io.heliograph.agent.WrongOptions#all")
    void saysWhatIsWrongAndWhatWouldBeRight(String text, String message) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    /** Whatever an operator types, or a deployment tool garbles: it is read, or refused in one line. */
    @Test
    void anyTextIsReadOrRefusedInOneLine() {
        AnyOptions options = new AnyOptions(20_250_704);
        int refused = 0;
        for (int i = 0; i < 4000; i++) {
            String text = options.next();
            try {
                AgentOptions read = parse(text);
                assertThat(read.bindings().isEmpty()).as(text).isEqualTo(read.off());
            } catch (IllegalArgumentException wrong) {
                refused++;
                assertThat(wrong.getMessage()).as(text).startsWith("option \"").matches("[ -~]*");
            }
        }
        assertThat(refused).as("refused").isBetween(2000, 3800); // so that both are seen often
    }

    @Test
    void aVeryLongOptionIsShownInPart() {
        assertThatThrownBy(() -> parse("TERM=log,X=" + "é".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("option \"X=\\xe9\\xe9")
                .hasMessageContaining("\" (cut): X is no signal: ");
    }

    @Test
    void actionsHaveArguments() {
        assertThat(parse("USR1=log+thread-dump+thread-dump:t+heap-dump:/a\\+b\\,c:%%+jfr-dump:%p-%t+doctor+doctor:d,"
                                + "HUP=run:com.acme.App$Inner.reload_2")
                        .bindings())
                .containsExactly(
                        bound(
                                Signal.USR1,
                                LOG,
                                new ThreadDumpAction(Optional.empty()),
                                new ThreadDumpAction(Optional.of(new DumpFile("t"))),
                                new HeapDumpAction(new DumpFile("/a+b,c:%%")),
                                new JfrDumpAction(new DumpFile("%p-%t")),
                                new DoctorAction(Optional.empty()),
                                new DoctorAction(Optional.of(new DumpFile("d")))),
                        bound(Signal.HUP, new RunAction("com.acme.App$Inner", "reload_2", Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "GC.run, GC.run, ",
        "' VM.log  rotate ', VM.log  rotate, ",
        "GC.class_histogram -all>h-%p, GC.class_histogram -all, h-%p",
        "VM.flags > /a b>c , VM.flags, /a b>c",
        "'VM.log what=gc\\+heap\\,safepoint:x', 'VM.log what=gc+heap,safepoint:x', ",
    })
    void aCommandHasArgumentsAndAFile(String text, String command, String file) {
        assertThat(parse("USR1=jcmd:" + text).bindings())
                .containsExactly(bound(
                        Signal.USR1,
                        new JcmdAction(command, Optional.ofNullable(file).map(DumpFile::new))));
    }

    @Test
    void aVeryLongFileNameIsShownInPart() {
        assertThatThrownBy(() -> parse("config=/" + "x".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(wrong ->
                        assertThat(wrong.getMessage()).endsWith("xxx (cut)").hasSizeLessThan(4096));
    }

    @ParameterizedTest
    @CsvSource({
        "'',false,true,stderr",
        "TERM=log+ignore,false,true,stderr",
        "format=json,true,true,stderr",
        "'format=text,arguments=on,log=stderr',false,true,stderr",
        "'arguments=off,TERM=log,log=logger',false,false,logger",
        "'log=/a/b-%p.log,format=json',true,true,/a/b-%p.log",
        "log=a.log,false,true,a.log",
        "'log=/a\\,b',false,true,'/a,b'",
    })
    void whatLinesAreLike(String text, boolean json, boolean arguments, String place) {
        assertThat(parse(text).settings().log()).isEqualTo(new LogSettings(json, arguments, place));
    }

    /** It has the form of the lines, so that their settings need no line. */
    @Test
    void theLastWordsGoToAFile() {
        assertThat(parse("").settings().report()).isEmpty();
        Settings settings =
                parse("USR1=thread-dump,report=/a/%p,format=json,arguments=off").settings();
        assertThat(settings.report()).contains("/a/%p");
        assertThat(settings.log().json()).isTrue();
        assertThat(settings.log().arguments()).isFalse();
    }

    @Test
    void areShownAsAnOperatorWouldWriteThem() {
        assertThat(parse("").text()).isEqualTo("HUP=log, INT=log, QUIT=log, TERM=log, USR1=log, USR2=log");
        assertThat(parse("log=/x,sigusr1=thread-dump:a+log,format=json").text())
                .isEqualTo("USR1=thread-dump:a+log, format=json, log=/x");
        assertThat(parse("USR1=thread-dump:\u001b\n").text()).isEqualTo("USR1=thread-dump:\\x1b\\x0a");
    }

    @Test
    void offStandsAlone() {
        assertThat(parse("off")).isEqualTo(new AgentOptions(List.of(), Settings.NONE, true));
    }

    @Test
    void aConfigurationFileHasOneOptionALine() throws IOException {
        Path file = Files.writeString(folder.resolve("a+b,c.conf"), """
                # operators'

                  USR1=log+thread-dump:/var/tmp/a,b  \r
                wait=spin
                HUP=ignore""");
        AgentOptions options = parse("TERM=log,config=" + file.toString().replace(",", "\\,") + ",RTMIN+3=default");
        assertThat(options.bindings())
                .containsExactly(
                        bound(Signal.TERM, LOG),
                        bound(Signal.USR1, LOG, new ThreadDumpAction(Optional.of(new DumpFile("/var/tmp/a,b")))),
                        bound(Signal.HUP, IGNORE),
                        bound(Signal.realTime(3), DEFAULT));
        assertThat(options.settings().waitMode()).contains(WaitMode.SPIN);
    }

    @Test
    void anEmptyConfigurationFileLeavesTheDefaultSignals() throws IOException {
        Path file = Files.writeString(folder.resolve("empty"), "");
        assertThat(parse("config=" + file)).isEqualTo(parse(""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TERM=lgo|line 2: option \"TERM=lgo\": lgo is no action: did you mean log?",
                "TERM=log,INT=log|line 2: option \"TERM=log,INT=log\": log,INT=log is no action: use log, ",
                "TERM|line 2: option \"TERM\": write SIGNAL=action, ",
                "off|line 2: option \"off\": off stands alone: leave the other options out",
                "required=on|line 2: option \"required=on\": required is read before any file: write it beside config, or in "
                        + "HELIOGRAPH_OPTIONS",
                "tools=off|line 2: option \"tools=off\": tools is read before any file: ",
                "config=/x|line 2: option \"config=/x\": a configuration file names no other: put its lines here",
                "INT=log|line 2: option \"INT=log\": INT was given before: give it once, ",
                "=|line 2: option \"=\": write SIGNAL=action, ",
                "TERM=log # why|line 2: option \"TERM=log # why\": log # why is no action: use log, ",
            })
    void saysWhichLineIsWrong(String line, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("conf"), "# first\n" + line + "\n");
        assertThatThrownBy(() -> parse("INT=log,config=" + file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + file + "\", " + message);
    }

    @Test
    void saysWhyAConfigurationFileCannotBeRead() throws IOException {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {'T', (byte) 0xff, 0});
        Path large = Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);
        refuses(folder.resolve("absent"), " can't be read: No such file or directory");
        refuses(folder, " can't be read: it is no regular file");
        refuses(Path.of("/dev/zero"), " can't be read: it is no regular file");
        refuses(binary, " is no text in UTF-8");
        refuses(large, " can't be read: it has more than 65536 bytes");
    }

    /** A file whose name or lines were made to harm. */
    @Test
    void aConfigurationFileGetsOneHarmlessLineToo() throws IOException {
        Path file = Files.writeString(folder.resolve("\u001b[2J\n\"x"), "T\u001bERM=log\r");
        assertThatThrownBy(() -> parse("config=" + file))
                .hasMessageEndingWith(
                        "/\\x1b[2J\\x0a\\\"x\", line 1: option \"T\\x1bERM=log\": T\\x1bERM is no signal: "
                                + "did you mean TERM?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TERM=log|USR1=ignore|TERM=log, USR1=ignore",
                "TERM=log+ignore|TERM=default,HUP=ignore|TERM=log+ignore, HUP=ignore",
                "15=log|SIGTERM=default|TERM=log",
                "wait=spin|wait=block,HUP=ignore|HUP=ignore, wait=spin",
                "wait=spin|slice=off|HUP=log, INT=log, QUIT=log, TERM=log, USR1=log, USR2=log, wait=spin, slice=off",
                "TERM=shutdown:2s|TERM=log,format=json|TERM=shutdown:2s, format=json",
                "TERM=log|format=json|TERM=log, format=json",
                "TERM=ignore|format=json,death=signal|TERM=ignore, death=signal, format=json",
                "TERM=shutdown:2s,death=signal|exit=0|TERM=shutdown:2s, death=signal",
                "TERM=shutdown:2s,exit=0|death=signal|TERM=shutdown:2s, exit=0",
                "TERM=shutdown:2s,exit=0|death=status|TERM=shutdown:2s, death=status, exit=0",
            })
    void theCommandLineWinsOverTheEnvironment(String commandLine, String environment, String text) {
        assertThat(parse(commandLine, environment).text()).isEqualTo(text);
    }

    @Test
    void eachOfBothMayNameAConfigurationFile() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "TERM=ignore\n");
        Path common = Files.writeString(folder.resolve("common"), "TERM=log\nHUP=ignore\n");
        assertThat(parse("config=" + mine, "config=" + common).text()).isEqualTo("TERM=ignore, HUP=ignore");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TREM=log|option \"TREM=log\": TREM is no signal: did you mean TERM?",
                "HUP=log,|option \"\": nothing stands there: leave the comma out",
                "HUP=log,off|option \"off\": off stands alone: leave the other options out",
                "HUP=log,HUP=ignore|option \"HUP=ignore\": HUP was given before: give it once, with its actions joined by + "
                        + "(HUP=log+ignore)",
                "exit=0,death=signal|option \"exit=0\": a process that dies by the signal has no exit status: leave out "
                        + "death=signal or this",
            })
    void saysThatAWrongOptionStandsInTheEnvironment(String environment, String message) {
        assertThatThrownBy(() -> parse("TERM=log", environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("HELIOGRAPH_OPTIONS: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TREM=log|TREM is no signal: did you mean TERM?",
                "Tomato=log|Tomato is no signal: use a name (TERM or SIGTERM), a number (15) or RTMIN+3",
                "trem=log|trem is no signal: did you mean TERM?",
                "formt=json|formt is no setting: did you mean format?",
                "TERM=lgo|lgo is no action: did you mean log?",
                "TERM=shutdown:x+ignore,|x",
                "TERM=log,HUP=|an action is missing",
                "TERM=log,SIGTERM=log|TERM was given before",
                "TERM=ignore,format=json|no signal is logged: add TERM=log for one",
            })
    void whatIsWrongIsToldWithoutTheLibraryToo(String options, String why) {
        assertThatThrownBy(() -> OptionParser.check(options, "", new Actions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> parse(options)).hasMessageContaining(why);
    }

    @Test
    void eachSignalIsKnownWithoutTheLibraryToo() {
        for (Signal signal : Signal.all()) {
            OptionParser.check(signal + "=ignore", "SIG" + signal + "=log," + signal.number() + "=log", new Actions());
        }
    }

    @Test
    void offOnTheCommandLineWins() {
        assertThat(parse("off", "TREM=log").off()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null|''|false",
                "required=on|''|true",
                "TERM=log,required=on,wait=spin|''|true",
                "''|required=on|true",
                "required=off|required=on|false",
                "required=on|required=off|true",
                "USR1=jcmd:x required=on|required=onx|false",
            })
    void whatAStartAsksBeforeItParses(String commandLine, String environment, boolean isOn) {
        assertThat(StartOptions.isOn(StartOptions.REQUIRED, commandLine, environment))
                .isEqualTo(isOn);
    }

    private static void refuses(Path file, String why) {
        assertThatThrownBy(() -> parse("config=" + file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("option \"config=" + file + "\": " + file + why);
    }

    private static AgentOptions parse(String text, String environment) {
        return OptionParser.parse(text, environment, new Actions());
    }

    private static AgentOptions parse(String text) {
        return OptionParser.parse(text, new Actions());
    }

    /** The only end that the options have. */
    private static ShutdownAction end(AgentOptions options) {
        return options.bindings().stream()
                .flatMap(bound -> bound.actions().stream())
                .filter(ShutdownAction.class::isInstance)
                .map(ShutdownAction.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static SignalActions bound(Signal signal, Action... actions) {
        return new SignalActions(signal, List.of(actions));
    }
}
