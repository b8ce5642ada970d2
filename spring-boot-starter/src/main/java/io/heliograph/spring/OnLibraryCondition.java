package io.heliograph.spring;

import io.heliograph.Signals;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether the native library can be loaded, which it tries. */
final class OnLibraryCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Heliograph's native library");
        return Signals.isAvailable()
                ? ConditionOutcome.match(message.because("it is loaded"))
                : ConditionOutcome.noMatch(message.because("it is not available"));
    }
}
