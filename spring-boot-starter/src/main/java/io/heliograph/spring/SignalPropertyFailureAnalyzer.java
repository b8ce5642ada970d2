package io.heliograph.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line which property is wrong, and what would be right. */
final class SignalPropertyFailureAnalyzer extends AbstractFailureAnalyzer<SignalPropertyException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, SignalPropertyException cause) {
        return new FailureAnalysis(
                cause.property() + ": " + cause.getMessage(), "Correct or remove the property.", cause);
    }
}
