/* Arrivals that are left to the handler that was there before, because its owner lives on them. */
#ifndef HELIOGRAPH_LEFT_H
#define HELIOGRAPH_LEFT_H

#include "instance.h"

/* Called from the handler. */
bool heliograph_is_left(const struct slot *slot, enum mode mode, const siginfo_t *info,
                        const struct previous *previous);

/* Whether the previous handler's owner cannot do without some of the arrivals, so that the kernel must not
 * discard them. */
bool heliograph_has_owner(const struct slot *slot, const struct sigaction *previous);

#endif
