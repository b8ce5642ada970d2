/** Small tools that the packages beside this one share. */
@NullMarked
package io.heliograph.internal;

import org.jspecify.annotations.NullMarked;
