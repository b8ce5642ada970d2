package io.heliograph.agent;

/** The modules that a run-time image may lack, or a modular app leave unresolved. */
final class Modules {
    private Modules() {}

    static boolean has(String module) {
        return ModuleLayer.boot().findModule(module).isPresent();
    }

    /** @throws Failure that says what would be right, if this JVM runs without the module */
    static void require(String module) throws Failure {
        if (!has(module)) {
            throw new Failure("needs the module " + module
                    + ", which this JVM runs without: add it with --add-modules, or to the run-time image with jlink");
        }
    }
}
