package io.heliograph.spring;

/** A property {@code heliograph.signals.NAME} that cannot be carried out. */
final class SignalPropertyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String property;

    SignalPropertyException(String name, String value, IllegalArgumentException reason) {
        super(reason.getMessage(), reason);
        property = "heliograph.signals." + name + "=" + value;
    }

    /** The property and its value, as in a properties file. */
    String property() {
        return property;
    }
}
