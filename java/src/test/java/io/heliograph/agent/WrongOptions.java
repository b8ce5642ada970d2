package io.heliograph.agent;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Options that are wrong, and what the agent says of each, word for word. */
final class WrongOptions {
    private static final String FAULT = " can't be caught, observed or ignored: the JVM lives on this fault, which the "
            + "failing instruction itself raises; for crashes there are -XX:ErrorFile and -XX:OnError";
    private static final String NUMBERS = ": numbers are 1 to 31 and 34 (RTMIN) to 64 (RTMAX)";
    private static final String REAL_TIME = " is no signal: real-time signals are RTMIN (34) to RTMIN+30 (RTMAX, 64)";
    private static final String FREE_REAL_TIME = "RTMIN+28 can't be caught, observed or ignored: the JDK interrupts "
            + "blocking I/O with it; RTMIN to RTMIN+27 are free";
    private static final String FORMS = " is no signal: use a name (TERM or SIGTERM), a number (15) or RTMIN+3";
    private static final String GRAMMAR = "write SIGNAL=action, TERM=log for one, or setting=value, wait=block for one";
    private static final String ACTIONS =
            ": use log, thread-dump, heap-dump, jfr-dump, jcmd, doctor, run, delay, shutdown, deadline, raise, ignore, default";
    private static final String FILE_FORMS =
            " means nothing in a file name: use %p (process id), %t (time, UTC) or %% (a percent sign)";
    private static final String TERM_TWICE =
            "TERM was given before: give it once, with its actions joined by + (TERM=log+ignore)";
    private static final String NOTHING = "option \"\": nothing stands there: leave the comma out";

    private WrongOptions() {}

    /** The options, and the message. */
    static Stream<Arguments> all() {
        return Stream.of(
                        signals(),
                        realTimeSignals(),
                        actions(),
                        files(),
                        commands(),
                        methods(),
                        shutdowns(),
                        settings(),
                        lines(),
                        shapes())
                .flatMap(part -> part);
    }

    private static Stream<Arguments> signals() {
        return Stream.of(
                wrong(
                        "KILL=log",
                        "KILL can't be caught, observed or ignored: POSIX leaves it to the kernel alone; TERM is "
                                + "the signal that asks a process to end"),
                wrong(
                        "STOP=log",
                        "STOP can't be caught, observed or ignored: POSIX leaves it to the kernel alone; TSTP is "
                                + "the signal that asks a process to stop"),
                wrong("SEGV=log", "SEGV" + FAULT),
                wrong("BUS=ignore", "BUS" + FAULT),
                wrong("SIGFPE=default", "FPE" + FAULT),
                wrong("4=log", "ILL" + FAULT),
                wrong("TREM=log", "TREM is no signal: did you mean TERM?"),
                wrong("FROBNICATE=log", "FROBNICATE" + FORMS),
                wrong("0=log", "0 is no signal" + NUMBERS),
                wrong("32=log", "32 is kept by the C library for itself" + NUMBERS),
                wrong("65=log", "65 is no signal" + NUMBERS),
                wrong("-1=log", "-1" + FORMS),
                wrong("99999999999=log", "99999999999" + FORMS));
    }

    private static Stream<Arguments> realTimeSignals() {
        return Stream.of(
                wrong("RTMAX+1=log", "RTMAX+1" + REAL_TIME),
                wrong("RTMIN+31=log", "RTMIN+31" + REAL_TIME),
                wrong("RTMAX-31=log", "RTMAX-31" + REAL_TIME),
                wrong("RTMIN-1=log", "RTMIN-1" + REAL_TIME),
                wrong("RTMIN+28=log", FREE_REAL_TIME),
                wrong("RTMAX-2=log", FREE_REAL_TIME),
                wrong("62=log", FREE_REAL_TIME));
    }

    private static Stream<Arguments> actions() {
        return Stream.of(
                wrong("TERM=lgo", "lgo is no action: did you mean log?"),
                wrong("TERM=LOG", "LOG is no action: did you mean log?"),
                wrong("TERM=frobnicate", "frobnicate is no action" + ACTIONS),
                wrong("TERM=", "an action is missing" + ACTIONS),
                wrong("TERM=log+", "an action is missing" + ACTIONS),
                wrong("TERM=log+log", "log is there twice: give it once"),
                wrong("TERM=ignore+default", "ignore and default exclude each other: keep one of them"),
                wrong("TERM=raise:x", "raise takes no argument: write raise"),
                wrong("TERM=raise+ignore", "raise and ignore exclude each other: keep one of them"),
                wrong(
                        "QUIT=raise",
                        "QUIT can't be raised: jcmd and other attaching processes send it; use INT, TERM or HUP"),
                wrong("TERM=log:x", "log takes no argument: write log"),
                wrong("TERM=:x", "an action is missing" + ACTIONS),
                wrong("TERM==log", "=log is no action: did you mean log?"));
    }

    private static Stream<Arguments> shutdowns() {
        String form = " is no deadline: write shutdown:20s for one, with ms, s, m or h behind a whole number";
        return Stream.of(
                wrong("TERM=shutdown:5", "the deadline 5 has no unit: did you mean shutdown:5s?"),
                wrong("TERM=shutdown:", "a deadline is missing" + form.substring(" is no deadline".length())),
                wrong("TERM=shutdown:2x", "2x" + form),
                wrong("TERM=shutdown:1.5s", "1.5s" + form),
                wrong("TERM=shutdown:-1s", "-1s" + form),
                wrong("TERM=shutdown:2s:3s", "2s:3s" + form),
                wrong("TERM=shutdown:9999999999s", "9999999999s" + form),
                wrong(
                        "TERM=shutdown:0s",
                        "a deadline of 0s leaves no time for an orderly exit: write shutdown:1s, or default for none at "
                                + "all"),
                wrong("TERM=shutdwon:2s", "shutdwon is no action: did you mean shutdown?"),
                wrong("TERM=shutdown:2s+ignore", "shutdown:2s and ignore exclude each other: keep one of them"),
                wrong("TERM=shutdown+shutdown:2s", "shutdown and shutdown:2s exclude each other: keep one of them"),
                wrong(
                        "QUIT=shutdown:2s",
                        "QUIT can't request an end: jcmd and other attaching processes send it; use TERM, INT or HUP"),
                wrong(
                        "TERM=deadline",
                        "a deadline is missing: write deadline:20s for one, with ms, s, m or h behind a whole number"),
                wrong("TERM=deadline:5", "the deadline 5 has no unit: did you mean deadline:5s?"),
                wrong(
                        "TERM=deadline:2s+shutdown:2s",
                        "deadline:2s and shutdown:2s exclude each other: keep one of them"),
                wrong(
                        "TERM=delay+shutdown",
                        "a time is missing: write delay:5s for one, with ms, s, m or h behind a whole number"),
                wrong("TERM=delay:5s", "delay:5s has no action behind it: write delay:5s+shutdown:30s for one"),
                wrong(
                        "TERM=delay:5s+raise",
                        "raise acts at once, and delay:5s before it would change nothing: leave the delay out"),
                wrong(
                        "TERM=delay:5s+shutdown:5s",
                        "the actions before shutdown:5s may take 5 s, and the deadline counts from the arrival: write "
                                + "a later deadline"),
                wrong("TERM=run:a.B.c:5+shutdown", "the time 5 has no unit: did you mean run:a.B.c:5s?"),
                wrong(
                        "HUP=run:a.B.c:5s",
                        "the time of run:a.B.c:5s is for an end behind it: write run:a.B.c:5s+shutdown:30s for one, or "
                                + "leave the time out"),
                wrong("exit=256", "exit=256 is no exit status: write a number from 0 to 255"),
                wrong("exit=-1", "exit=-1 is no exit status: write a number from 0 to 255"),
                wrong("exit=", "exit= is no exit status: write a number from 0 to 255"),
                wrong(
                        "exit=0",
                        "it is the status of an end in order, and no signal requests one: add TERM=deadline:20s for one"),
                wrong("second=forse", "second=forse is nothing that a request does: did you mean force?"),
                wrong(
                        "second=ignore",
                        "it says what a second request does, and no signal requests an end: add TERM=deadline:20s for "
                                + "one"),
                wrong("death=singal", "death=singal is no way to end: did you mean signal?"),
                wrong("death=", "death= is no way to end: use signal or status"),
                wrong("daeth=signal", "daeth is no setting: did you mean death?"),
                wrong(
                        "death=signal",
                        "it says how an end in order ends, and no signal requests one: add TERM=deadline:20s for one"));
    }

    private static Stream<Arguments> files() {
        return Stream.of(
                wrong("TERM=thread-dmp", "thread-dmp is no action: did you mean thread-dump?"),
                wrong("TERM=heap_dump:/x", "heap_dump is no action: did you mean heap-dump?"),
                wrong(
                        "TERM=thread-dump:",
                        "thread-dump names no file: write thread-dump:FILE, "
                                + "thread-dump:/var/tmp/%p-%t.txt for one"),
                wrong(
                        "TERM=heap-dump",
                        "heap-dump names no file: write heap-dump:FILE, " + "heap-dump:/var/tmp/%p-%t.hprof for one"),
                wrong(
                        "TERM=jfr-dump",
                        "jfr-dump names no file: write jfr-dump:FILE, " + "jfr-dump:/var/tmp/%p-%t.jfr for one"),
                wrong("TERM=heap-dump:/x%d", "%d" + FILE_FORMS),
                wrong("TERM=heap-dump:%", "%" + FILE_FORMS),
                wrong("TERM=heap-dump:%%%", "%" + FILE_FORMS),
                wrong("TERM=heap-dump:/tmp/", "/tmp/ names a folder: name a file in it, dump-%p-%t for one"),
                wrong("TERM=heap-dump:/", "/ names a folder: name a file in it, dump-%p-%t for one"),
                wrong("TERM=thread-dump:x+log+thread-dump:x", "thread-dump:x is there twice: give it once"),
                wrong(
                        "TERM=log+heap-dump",
                        "heap-dump names no file: write heap-dump:FILE, " + "heap-dump:/var/tmp/%p-%t.hprof for one"));
    }

    private static Stream<Arguments> commands() {
        String form = " is not of the form jcmd:COMMAND [arguments][>FILE]: write "
                + "jcmd:GC.class_histogram>/var/tmp/%p-%t.txt for one";
        return Stream.concat(
                Stream.of(
                                "jcmd",
                                "jcmd:",
                                "jcmd: ",
                                "jcmd:>/x",
                                "jcmd:-all",
                                "jcmd:GC.run>",
                                "jcmd:GC.run> ",
                                "jcmd:GC.run>>/x",
                                "jcmd:GC.run> >/x",
                                "jcmd:GC.run:/x",
                                "jcmd:GC.run\nVM.version",
                                "jcmd:GC.run a\nVM.version")
                        .map(action -> wrong("USR1=" + action, action + form)),
                Stream.of(
                        wrong("USR1=jcmd:GC.run>/tmp/", "/tmp/ names a folder: name a file in it, dump-%p-%t for one"),
                        wrong(
                                "USR1=jcmd:GC.heap_dump /x",
                                "the JVM runs GC.heap_dump for attaching processes alone: write heap-dump:FILE"),
                        wrong("USR1=jcmd:GC.run>/x%d", "%d" + FILE_FORMS),
                        wrong("USR1=jmcd:GC.run", "jmcd is no action: did you mean jcmd?"),
                        wrong("USR1=doktor", "doktor is no action: did you mean doctor?"),
                        wrong(
                                "USR1=doctor:",
                                "doctor names no file: write doctor:FILE, doctor:/var/tmp/%p-%t.txt for one")));
    }

    private static Stream<Arguments> methods() {
        return Stream.of(
                        "",
                        ":",
                        ":reload",
                        ":.reload",
                        ":App.",
                        ":App..reload",
                        ":App.reload()",
                        ":App.1st",
                        ":a b.c",
                        ":App#reload",
                        ":App.re\nload",
                        ":a/b.c")
                .map(argument -> wrong(
                        "HUP=run" + argument,
                        (argument.length() < 2 ? "run" : argument.substring(1)) + " names no method: write "
                                + "run:Class.method, run:com.acme.App.reload for one"));
    }

    private static Stream<Arguments> settings() {
        return Stream.of(
                wrong("config=", "config names no file: write config=PATH"),
                wrong("config=/no/such/file", "/no/such/file can't be read: No such file or directory"),
                wrong("config=/", "/ can't be read: it is no regular file"),
                wrong("config=/dev/null", "/dev/null can't be read: it is no regular file"),
                wrong("confg=/x", "confg is no setting: did you mean config?"),
                wrong("CONFIG=/x", "CONFIG is no setting: did you mean config?"),
                Arguments.of("TERM=log,off", "option \"off\": off stands alone: leave the other options out"),
                Arguments.of("off,TERM=log", "option \"off\": off stands alone: leave the other options out"),
                wrong("OFF", GRAMMAR),
                wrong("wait=blokc", "wait=blokc is no way to wait: did you mean block?"),
                wrong("wait=", "wait= is no way to wait: use block or spin"),
                wrong("wiat=block", "wiat is no setting: did you mean wait?"),
                wrong("WAIT=block", "WAIT is no setting: did you mean wait?"));
    }

    private static Stream<Arguments> lines() {
        String nothingLogged = ", and no signal is logged: add TERM=log for one";
        String places = "use stderr, logger or a file, /var/log/app/signals.log for one, ./NAME in the working folder";
        return Stream.of(
                wrong("format=jsno", "format=jsno is no form of a line: did you mean json?"),
                wrong("format=xml", "format=xml is no form of a line: use text or json"),
                wrong("format=", "format= is no form of a line: use text or json"),
                wrong("fromat=json", "fromat is no setting: did you mean format?"),
                wrong("arguments=offf", "arguments=offf is neither on nor off: did you mean off?"),
                wrong("arguments=", "arguments= is neither on nor off: use on or off"),
                wrong("log=loger", "log=loger names no place: did you mean logger?"),
                wrong("log=stdout", "log=stdout names no place: " + places),
                wrong("log=", "log= names no place: " + places),
                wrong("log=/var/log/", "/var/log/ names a folder: name a file in it, signals.log for one"),
                wrong("report=", "report names no file: write report=PATH"),
                wrong("report=/var/log/", "/var/log/ names a folder: name a file in it, last-words.txt for one"),
                wrong("report=/var/%d.txt", "%d" + FILE_FORMS),
                wrong("reprot=/x", "reprot is no setting: did you mean report?"),
                wrong("log=/var/%d.log", "%d" + FILE_FORMS),
                Arguments.of(
                        "USR1=thread-dump,format=json",
                        "option \"format=json\": it says what the lines of log are like" + nothingLogged),
                Arguments.of(
                        "arguments=off,USR1=ignore",
                        "option \"arguments=off\": it says what the lines of log tell" + nothingLogged),
                Arguments.of(
                        "USR1=ignore,log=/tmp/a\\,b",
                        "option \"log=/tmp/a,b\": it says where the lines of log go" + nothingLogged));
    }

    private static Stream<Arguments> shapes() {
        return Stream.of(
                wrong("TERM", GRAMMAR),
                wrong("=log", GRAMMAR),
                wrong("T\u001b[31mERM\n=log", "T\u001b[31mERM\n" + FORMS),
                Arguments.of("TERM=log,TERM=ignore", "option \"TERM=ignore\": " + TERM_TWICE),
                Arguments.of("TERM=log,15=log", "option \"15=log\": " + TERM_TWICE),
                Arguments.of("wait=spin,wait=block", "option \"wait=block\": wait was given before: give it once"),
                Arguments.of("TERM=log,", NOTHING),
                Arguments.of("TERM=log,,INT=log", NOTHING));
    }

    private static Arguments wrong(String option, String why) {
        return Arguments.of(option, escaped("option \"" + option + "\": " + why));
    }

    private static String escaped(String text) {
        return text.replace("\u001b", "\\x1b").replace("\n", "\\x0a");
    }
}
