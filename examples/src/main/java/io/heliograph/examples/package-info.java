/**
 * The programs of two essays on signals and workers in Python, in Java: each a main of a page or less. {@code examples/run NAME}
 * starts one.
 */
package io.heliograph.examples;
