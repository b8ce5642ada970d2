/** Programs that have groups of workers. */
package io.heliograph.programs.workers;
