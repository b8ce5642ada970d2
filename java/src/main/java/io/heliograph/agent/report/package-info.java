/** {@code report=FILE}: the last words of the process. */
@NullMarked
package io.heliograph.agent.report;

import org.jspecify.annotations.NullMarked;
