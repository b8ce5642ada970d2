/** One line for each signal: its text or JSON, where it goes, and how many. */
@NullMarked
package io.heliograph.agent.log;

import org.jspecify.annotations.NullMarked;
