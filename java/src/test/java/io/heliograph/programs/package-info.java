/** What the tests' child JVMs run. */
package io.heliograph.programs;
