/** What the agent costs when no signal comes: start-up, the throughput of a busy app, memory. */
@NullMarked
package io.heliograph.jmh.idle;

import org.jspecify.annotations.NullMarked;
