/** The signals of this process as Micrometer's meters. */
@NullMarked
package io.heliograph.micrometer;

import org.jspecify.annotations.NullMarked;
