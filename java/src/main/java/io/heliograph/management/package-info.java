/**
 * What the process's signals do, for JMX. Needs the module java.management; nothing else in the library does, and nothing
 * here is loaded before {@link io.heliograph.management.Management} is asked for.
 */
@NullMarked
package io.heliograph.management;

import org.jspecify.annotations.NullMarked;
