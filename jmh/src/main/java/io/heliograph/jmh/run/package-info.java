/** The command jmh/run: what is measured, and in which order. */
@NullMarked
package io.heliograph.jmh.run;

import org.jspecify.annotations.NullMarked;
