/** Raising an exception in another thread. */
@NullMarked
package io.heliograph.internal.raise;

import org.jspecify.annotations.NullMarked;
