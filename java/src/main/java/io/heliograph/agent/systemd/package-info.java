/** What a service manager hears of the app: {@code systemd=on}. */
@NullMarked
package io.heliograph.agent.systemd;

import org.jspecify.annotations.NullMarked;
