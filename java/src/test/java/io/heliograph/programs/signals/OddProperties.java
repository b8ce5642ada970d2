package io.heliograph.programs.signals;

import java.nio.charset.StandardCharsets;

/** Writes as many properties odd.0, odd.1… as its argument says, a NUL behind each, in UTF-8. */
public final class OddProperties {
    private OddProperties() {}

    public static void main(String[] args) {
        for (int i = 0; i < Integer.parseInt(args[0]); i++) {
            byte[] value = (System.getProperty("odd." + i) + "\0").getBytes(StandardCharsets.UTF_8);
            System.out.write(value, 0, value.length);
        }
        System.out.flush();
    }
}
