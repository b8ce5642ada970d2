/** Exceptions that are raised in other threads, wherever they are at work, and where they are not. */
@NullMarked
package io.heliograph.internal.raise;

import org.jspecify.annotations.NullMarked;
