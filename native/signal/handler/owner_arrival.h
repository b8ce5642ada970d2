/* Which arrivals go to the previous handler, because its owner needs them. Async-signal-safe. */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_OWNER_ARRIVAL_H
#define HELIOGRAPH_SIGNAL_HANDLER_OWNER_ARRIVAL_H

#include "signal/state.h"

/* Where HotSpot looks for the file of a process that attaches (attachListener_posix.cpp). Empty until
 * heliograph_leave_attach(). */
#define ATTACH_FILE_ROOM (sizeof "/tmp/.attach_pid" + 11)
extern char heliograph_attach_file[ATTACH_FILE_ROOM];

/* Whether the owner of a private signal sent this to one of its own threads. */
bool heliograph_is_owners_own(const struct slot *slot, const siginfo_t *info);

/* Whether the previous handler takes what its owner sends, and nothing else. */
bool heliograph_takes_owners_only(const struct slot *slot);

/* Whether this arrival goes to the previous handler, unrecorded. */
bool heliograph_is_for_owner(const struct slot *slot, enum mode mode, const siginfo_t *info,
                             const struct previous *previous);

/* Whether the sender asks a JVM to let it attach. */
bool heliograph_attaches(const struct slot *slot, const siginfo_t *info);

/* Whether the previous handler's owner needs some of the arrivals. The kernel must not discard these. */
bool heliograph_has_owner(const struct slot *slot, const struct sigaction *previous);

#endif
