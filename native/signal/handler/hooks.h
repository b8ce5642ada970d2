/* What a room above this one has the handler and a forked child do. */
#ifndef HELIOGRAPH_SIGNAL_HANDLER_HOOKS_H
#define HELIOGRAPH_SIGNAL_HANDLER_HOOKS_H

#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

/* The functions are set before the first signal is. */
struct hooks {
  _Atomic(uint64_t) signals; /* bit n-1: `arrived` is called for signal n */
  /*
   * Runs in the handler, before the look at the sender, and so must be async-signal-safe. No info where
   * another handler has passed on the number alone.
   * Returns flags of the record (enum heliograph_record_flag).
   */
  uint32_t (*_Atomic arrived)(int signal, const siginfo_t *info);
  /* Runs in the child of a fork, with all signals blocked. */
  void (*_Atomic forked)(void);
};

extern struct hooks heliograph_hooks;

#endif
