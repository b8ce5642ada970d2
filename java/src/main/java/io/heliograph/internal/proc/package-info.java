/** What {@code /proc} says of processes, this one among them. */
@NullMarked
package io.heliograph.internal.proc;

import org.jspecify.annotations.NullMarked;
