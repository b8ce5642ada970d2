/** From outside: a process that is signalled by another, and what it takes until its worker runs. */
@NullMarked
package io.heliograph.jmh.outside;

import org.jspecify.annotations.NullMarked;
