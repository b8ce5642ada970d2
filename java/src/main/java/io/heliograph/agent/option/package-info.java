/** The grammar of the agent's options. */
@NullMarked
package io.heliograph.agent.option;

import org.jspecify.annotations.NullMarked;
