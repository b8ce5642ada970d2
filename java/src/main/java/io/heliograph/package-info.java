/**
 * POSIX signals as typed events, with sender, value and time.
 *
 * <p>The way of a signal:
 *
 * <pre>
 *   kernel -&gt; handler (C, any thread) -&gt; self-pipe -&gt; dispatcher (one thread) -&gt; mailbox -&gt; worker
 * </pre>
 *
 * Begin with {@link io.heliograph.Signals}.
 */
@NullMarked
package io.heliograph;

import org.jspecify.annotations.NullMarked;
