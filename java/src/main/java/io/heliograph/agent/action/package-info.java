/** What an option can bind a signal to: one class an action. */
@NullMarked
package io.heliograph.agent.action;

import org.jspecify.annotations.NullMarked;
