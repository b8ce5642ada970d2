/** What the tests share: child processes, their lines of output and their ends. */
package io.heliograph.testing;
