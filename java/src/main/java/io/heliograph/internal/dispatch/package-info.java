/** From the pipe to the workers: the dispatcher, the registrations and their mailboxes. */
@NullMarked
package io.heliograph.internal.dispatch;

import org.jspecify.annotations.NullMarked;
