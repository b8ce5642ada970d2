/** The smallest things that a run measures, and what they share. */
@NullMarked
package io.heliograph.jmh.cell;

import org.jspecify.annotations.NullMarked;
