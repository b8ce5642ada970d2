/* Arrivals that are left to the handler that was there before, because its owner lives on them. */
#ifndef HELIOGRAPH_LEFT_H
#define HELIOGRAPH_LEFT_H

#include "instance.h"

/* Where HotSpot looks for the file by which a process asks to be let in (attachListener_posix.cpp); empty
 * until heliograph_leave_attach(). */
#define ATTACH_FILE_ROOM (sizeof "/tmp/.attach_pid" + 11)
extern char heliograph_attach_file[ATTACH_FILE_ROOM];

/* Called from the handler. */
bool heliograph_is_left(const struct slot *slot, enum mode mode, const siginfo_t *info,
                        const struct previous *previous);

/* Called from the handler: whether the sender asks a JVM to let it in. */
bool heliograph_attaches(const struct slot *slot, const siginfo_t *info);

/* Whether the previous handler's owner cannot do without some of the arrivals, so that the kernel must not
 * discard them. */
bool heliograph_has_owner(const struct slot *slot, const struct sigaction *previous);

#endif
