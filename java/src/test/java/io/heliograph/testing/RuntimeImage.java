package io.heliograph.testing;

import java.nio.file.Path;

/** Run-time images that jlink makes of the JDK that runs the test, to see what is done without some of its modules. */
public final class RuntimeImage {
    private RuntimeImage() {}

    /**
     * Makes an image of some modules.
     *
     * @param home where; it is not there yet
     * @return home
     */
    public static Path link(Path home, String... modules) {
        Child.run(ChildJvm.tool("jlink"), "--add-modules", String.join(",", modules), "--output", home.toString());
        return home;
    }
}
