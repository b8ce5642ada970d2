/**
 * The process's signals, for JMX. This package alone needs the module java.management. Its classes load when a program
 * calls {@link io.heliograph.management.Management}.
 */
@NullMarked
package io.heliograph.management;

import org.jspecify.annotations.NullMarked;
