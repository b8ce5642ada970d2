/** Signals in a Spring Boot application: events, an endpoint, meters, and who ended it. */
@NullMarked
package io.heliograph.spring;

import org.jspecify.annotations.NullMarked;
