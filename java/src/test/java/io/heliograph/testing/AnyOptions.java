package io.heliograph.testing;

import java.util.Random;

/** Options as an operator may mistype them, or a deployment tool garble them; a few of them right by chance. */
public final class AnyOptions {
    private static final String RIGHT =
            "TERM=log+ignore,wait=spin,RTMIN+3=default,HUP=run:a.B.c+thread-dump:/tmp/%p-%t";
    private static final String[] FRAGMENTS = {
        "TERM",
        "SIGINT",
        "sigusr1",
        "15",
        "0",
        "64",
        "RTMIN",
        "RTMAX",
        "RTMIN+3",
        "KILL",
        "CLD",
        "wait",
        "block",
        "spin",
        "log",
        "ignore",
        "default",
        "thread-dump",
        "heap-dump:",
        "jfr-dump:x",
        "jcmd:",
        "jcmd:GC.run>",
        "doctor",
        "run:",
        "run:A.b",
        "config=",
        "config=/",
        "config=/no/such/file",
        "off",
        "shutdown",
        "death",
        "20s",
        "%p",
        "%t",
        "%",
        "/",
        ".",
        "$",
        "#",
        "=",
        "=",
        "=",
        ",",
        ",",
        "+",
        "+",
        ":",
        "\\",
        " ",
        "-",
        "\n",
        "\u001b[2J",
        "\0",
        "\"",
        "é",
        "\u202e",
        "\ud83d",
        "99999999999",
        "RTMIN+99999999999",
        "%s",
        "$1",
        "heliograph: "
    };

    private final Random random;

    public AnyOptions(long seed) {
        random = new Random(seed);
    }

    /** Right options with a few fragments put in or letters left out, or fragments alone. */
    public String next() {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? RIGHT : "");
        for (int changes = random.nextInt(6); changes > 0; changes--) {
            int place = random.nextInt(text.length() + 1);
            if (place < text.length() && random.nextInt(4) == 0) {
                text.deleteCharAt(place);
            } else if (random.nextInt(10) == 0) {
                text.insert(place, (char) random.nextInt(0x10000));
            } else {
                text.insert(place, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
            }
        }
        return text.toString();
    }
}
