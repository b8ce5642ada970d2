/** The questions that JMH asks, a class each. */
@NullMarked
package io.heliograph.jmh.benchmarks;

import org.jspecify.annotations.NullMarked;
