/** What the agent costs an app at its start and when no signal arrives, and a tool of the JDK. */
@NullMarked
package io.heliograph.jmh.app;

import org.jspecify.annotations.NullMarked;
