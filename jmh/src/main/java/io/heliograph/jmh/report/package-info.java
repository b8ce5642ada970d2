/** What was measured, and the report of it. */
@NullMarked
package io.heliograph.jmh.report;

import org.jspecify.annotations.NullMarked;
