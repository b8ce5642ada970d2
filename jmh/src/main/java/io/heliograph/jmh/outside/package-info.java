/** A process that another process signals, and the time until its worker runs. */
@NullMarked
package io.heliograph.jmh.outside;

import org.jspecify.annotations.NullMarked;
