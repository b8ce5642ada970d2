/** A Spring Boot app, whose fat jar the agent enters: its classes are not on the class path of the JVM. */
@NullMarked
package io.heliograph.spring;

import org.jspecify.annotations.NullMarked;
