package io.heliograph.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test that mounts, or becomes another user. Without the rights of root it is disabled; in CI it then fails. */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(AsRoot.Condition.class)
public @interface AsRoot {
    /** See {@link AsRoot}. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            int uid = ProcStatus.ownUid();
            if (uid == 0) {
                return ConditionEvaluationResult.enabled("this is root");
            }
            String reason = context.getDisplayName() + " needs root, and this is uid " + uid;
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(reason + ": CI must not leave it out");
            }
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
