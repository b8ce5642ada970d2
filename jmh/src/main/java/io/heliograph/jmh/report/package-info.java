/** What was measured, and the report that is made of it. */
@NullMarked
package io.heliograph.jmh.report;

import org.jspecify.annotations.NullMarked;
