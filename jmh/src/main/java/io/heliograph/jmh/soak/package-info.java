/** The command jmh/soak: whether anything is lost or grows in a long run. */
@NullMarked
package io.heliograph.jmh.soak;

import org.jspecify.annotations.NullMarked;
