package io.heliograph.agent.action;

import io.heliograph.Signal;
import io.heliograph.SignalEvent;
import io.heliograph.agent.option.Action;
import io.heliograph.internal.text.Failure;
import io.heliograph.internal.text.StandardError;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code jcmd:COMMAND [arguments][>FILE]}: one of the JVM's diagnostic commands, as {@code jcmd PID} runs it. */
record JcmdAction(String command, Optional<DumpFile> file) implements Action {
    private static final Pattern FORM = Pattern.compile(" *([\\w.]+(?: [^>\\p{Cntrl}]*)?)(?:> *([^> ].*))?");

    static JcmdAction parse(String argument) {
        Matcher matcher = FORM.matcher(argument.isEmpty() ? "" : argument.substring(1));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "jcmd" + argument + " is not of the form jcmd:COMMAND [arguments][>FILE]: "
                            + "write jcmd:GC.class_histogram>/var/tmp/%p-%t.txt for one");
        }
        String command = matcher.group(1).strip();
        if (command.startsWith("GC.heap_dump")) {
            throw new IllegalArgumentException(
                    "the JVM runs GC.heap_dump for attaching processes alone: write heap-dump:FILE");
        }
        String file = matcher.group(2);
        return new JcmdAction(command, file == null ? Optional.empty() : Optional.of(new DumpFile(file.strip())));
    }

    @Override
    public String optionText() {
        return "jcmd:" + command + (file.isPresent() ? ">" + file.get().pattern() : "");
    }

    @Override
    public Effect effect() {
        return Effect.TAKES;
    }

    @Override
    public void act(SignalEvent event) throws Exception {
        TextReport.write(this, event, file, () -> DiagnosticCommands.run(command));
    }

    /** Looks for the command, which needs classes that no start should wait for. Runs nothing. */
    @Override
    public void rehearse(Signal signal) {
        DumpFile.rehearse();
        try {
            DiagnosticCommands.require(command);
        } catch (Failure unknown) {
            StandardError.println(signal + "=" + optionText() + ": " + Failure.line(unknown));
        }
    }
}
