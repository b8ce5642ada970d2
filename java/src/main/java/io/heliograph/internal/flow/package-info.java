/** Signals as a publisher of {@link java.util.concurrent.Flow}. */
@NullMarked
package io.heliograph.internal.flow;

import org.jspecify.annotations.NullMarked;
