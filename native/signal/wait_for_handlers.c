#include "signal/clock.h"
#include "signal/names.h"
#include "signal/state.h"

#include <errno.h>
#include <sched.h>

int heliograph_wait_for_handlers(int signal) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  heliograph_await_writers(&heliograph_state.slots[signal]);
  return 0;
}

int heliograph_wait_for_handlers_within(int signal, int64_t most_ns) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  int64_t until = heliograph_now_ns() + most_ns;
  while (atomic_load(&heliograph_state.slots[signal].writers) != 0) {
    if (heliograph_now_ns() >= until)
      return -ETIMEDOUT;
    sched_yield();
  }
  return 0;
}
