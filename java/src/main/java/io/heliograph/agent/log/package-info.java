/** Log lines: text and JSON, targets, throttle. */
@NullMarked
package io.heliograph.agent.log;

import org.jspecify.annotations.NullMarked;
