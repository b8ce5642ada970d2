/** Programs that register workers of signals, send them and count them. */
package io.heliograph.programs.signals;
