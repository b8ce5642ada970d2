/* What this library makes of each signal's disposition, and what was there before. */
#ifndef HELIOGRAPH_SIGNAL_DISPOSITION_H
#define HELIOGRAPH_SIGNAL_DISPOSITION_H

#include "signal/state.h"

/* What we have done to a signal's disposition. Under state.lock; only disposition.c writes it. */
struct holding {
  bool held;                  /* the disposition is ours to restore */
  bool beneath;               /* restored, but a foreign handler above ours may still call ours */
  struct sigaction installed; /* what we gave to the kernel last */
  struct previous *all_previous;
};

extern struct holding heliograph_holdings[MAX_SIGNAL + 1];

/* heliograph_restore() for each signal that is held. Under state.lock. */
void heliograph_restore_all(void);

/* Whether the handler is that of this copy of the library. */
bool heliograph_is_ours(const struct sigaction *action);

/*
 * Makes this the previous disposition: ours chains to it, and a restore puts it back. If ours is on top, the
 * kernel gets ours once more, with the mask and the flags that the new previous one asks for. The signal is
 * held, or ours is beneath a foreign handler. 0 or -errno. Under state.lock.
 */
int heliograph_set_previous(int signal, const struct sigaction *action, bool on_top);

/* Remembers a handler that stands above ours and may come to stand beneath it. 0 or -ENOMEM. Under
 * state.lock. */
int heliograph_keep_foreign(int signal, const struct sigaction *foreign);

#endif
