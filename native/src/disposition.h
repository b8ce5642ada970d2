/* Which handler the kernel calls for each signal, and what was there before. */
#ifndef HELIOGRAPH_DISPOSITION_H
#define HELIOGRAPH_DISPOSITION_H

#include "instance.h"

/* heliograph_restore() for every signal that is held. Under instance.lock. */
void heliograph_restore_all(void);

/* Whether the handler is this copy's of the library. */
bool heliograph_is_ours(const struct sigaction *action);

/*
 * Makes this what ours stands above: what it chains to, and what a restore puts back. Where ours is on top,
 * it is put there once more, as the new one asks for. The slot's signal is held, or ours is beneath another's
 * handler. 0 or -errno; under instance.lock.
 */
int heliograph_set_previous(struct slot *slot, int signal, const struct sigaction *action, bool on_top);

/* Remembers a handler that stands above ours, for the time that it comes to be beneath. 0 or -ENOMEM; under
 * instance.lock. */
int heliograph_keep_foreign(struct slot *slot, const struct sigaction *foreign);

#endif
