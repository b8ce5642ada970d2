/** The actions, one class each. */
@NullMarked
package io.heliograph.agent.action;

import org.jspecify.annotations.NullMarked;
