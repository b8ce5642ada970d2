/** The Java agent: {@code -javaagent:heliograph.jar[=option[,option…]]}. */
@NullMarked
package io.heliograph.agent;

import org.jspecify.annotations.NullMarked;
