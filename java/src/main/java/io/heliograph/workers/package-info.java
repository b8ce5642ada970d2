/** Programs made of workers: threads, virtual threads and processes that end together, on one signal. */
@NullMarked
package io.heliograph.workers;

import org.jspecify.annotations.NullMarked;
