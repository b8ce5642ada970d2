package io.heliograph.internal.text;

/** Names of classes for people. */
public final class ClassNames {
    private ClassNames() {}

    /**
     * The class's name. For a lambda it is the part that stays the same from run to run: {@code
     * com.example.App$$Lambda}.
     */
    public static String of(Class<?> type) {
        return type.getName().replaceFirst("\\$\\$Lambda.*", "\\$\\$Lambda");
    }
}
