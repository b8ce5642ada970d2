/** Texts for people: escaped, suggested, on standard error. */
@NullMarked
package io.heliograph.internal.text;

import org.jspecify.annotations.NullMarked;
