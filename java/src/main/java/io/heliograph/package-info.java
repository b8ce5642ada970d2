/**
 * POSIX signals as typed events: who sent them, with what, and when.
 *
 * <p>The way of a signal:
 *
 * <pre>
 *   kernel -&gt; handler (C, any thread) -&gt; self-pipe -&gt; dispatcher (one thread) -&gt; mailbox -&gt; worker
 * </pre>
 *
 * {@link io.heliograph.Signals} is where to begin.
 */
@NullMarked
package io.heliograph;

import org.jspecify.annotations.NullMarked;
