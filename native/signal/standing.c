#include "signal/standing.h"

#include "signal/handler/default_action.h"
#include "signal/libc_sigaction.h"
#include "signal/state.h"

#include <errno.h>
#include <poll.h>

/* Waits until no handler has our disposition set aside. Returns how often one had done so. */
static uint32_t await_defaults(const struct slot *slot) {
  for (;;) {
    uint32_t begun = atomic_load(&slot->defaults_begun);
    if (atomic_load(&slot->defaults_ended) == begun)
      return begun;
    poll(NULL, 0, 1);
  }
}

int heliograph_get_standing(int signal, struct sigaction *standing) {
  const struct slot *slot = &heliograph_state.slots[signal];
  uint32_t begun;
  do {
    begun = await_defaults(slot);
    if (heliograph_libc_sigaction(signal, NULL, standing) != 0)
      return -errno;
  } while (atomic_load(&slot->defaults_begun) != begun);
  return 0;
}

int heliograph_set_standing(int signal, const struct sigaction *action, struct sigaction *old) {
  const struct slot *slot = &heliograph_state.slots[signal];
  bool is_again = false;
  uint32_t begun;
  do {
    struct sigaction before;
    begun = await_defaults(slot);
    if (heliograph_libc_sigaction(signal, action, &before) != 0)
      return -errno;
    bool is_own_change = is_again && before.sa_handler == action->sa_handler;
    if (!is_own_change)
      *old = before;
    is_again = true;
  } while (atomic_load(&slot->defaults_begun) != begun);
  return 0;
}

int heliograph_run_default_action(int signal) {
  if (signal < 1 || signal > MAX_SIGNAL)
    return -EINVAL;
  if (!heliograph_default_acts(signal))
    return 0;
  pthread_mutex_lock(&heliograph_state.lock); /* no disposition changes while ours is set aside */
  atomic_fetch_and(&heliograph_state.defaults_due, ~signal_bit(signal));
  heliograph_default_now(signal, NULL);
  pthread_mutex_unlock(&heliograph_state.lock);
  return 0;
}
