/** Apps that the agent enters. */
package io.heliograph.programs.agent;
