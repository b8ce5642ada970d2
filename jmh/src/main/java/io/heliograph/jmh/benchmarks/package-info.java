/** The JMH benchmarks, a class for each question. */
@NullMarked
package io.heliograph.jmh.benchmarks;

import org.jspecify.annotations.NullMarked;
