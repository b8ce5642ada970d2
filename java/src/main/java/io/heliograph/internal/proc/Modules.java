package io.heliograph.internal.proc;

import io.heliograph.internal.text.Failure;

/** The optional modules: a run-time image may lack them, and a modular app may not resolve them. */
public final class Modules {
    private Modules() {}

    public static boolean has(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /**
     * Makes sure that this JVM has the module.
     *
     * @throws Failure that says what would be right if not
     */
    public static void require(String module) throws Failure {
        if (!has(module)) {
            throw new Failure("needs the module " + module
                    + ", which this JVM runs without: add it with --add-modules, or to the run-time image with jlink");
        }
    }
}
