/** What is measured in which order, and the run of it. */
@NullMarked
package io.heliograph.jmh.run;

import org.jspecify.annotations.NullMarked;
