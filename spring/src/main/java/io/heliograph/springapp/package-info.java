/** An application with the starter, made a fat jar: its classes are not on the class path of the JVM. */
@NullMarked
package io.heliograph.springapp;

import org.jspecify.annotations.NullMarked;
