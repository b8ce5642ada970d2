/** Programs that have exceptions raised in their threads. */
package io.heliograph.programs.raise;
