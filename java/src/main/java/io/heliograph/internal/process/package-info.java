/** Processes with a supervisor between us and them: {@code native/supervisor}. */
@NullMarked
package io.heliograph.internal.process;

import org.jspecify.annotations.NullMarked;
