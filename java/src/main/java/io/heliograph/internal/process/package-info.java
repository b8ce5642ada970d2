/** Child processes with a supervisor ({@code native/supervisor}). */
@NullMarked
package io.heliograph.internal.process;

import org.jspecify.annotations.NullMarked;
