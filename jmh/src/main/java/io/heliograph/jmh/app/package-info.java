/** What the agent costs an app: at its start, when no signal arrives, and in a flood of them. */
@NullMarked
package io.heliograph.jmh.app;

import org.jspecify.annotations.NullMarked;
