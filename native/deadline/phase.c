#include "deadline/phase.h"

#include "deadline/futex.h"
#include "signal/clock.h"

struct shutdown heliograph_shutdown;

void heliograph_shutdown_next(enum phase phase) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  atomic_store(&heliograph_shutdown.state, (state & ~UINT32_C(0xff)) | phase);
  heliograph_futex_wake(&heliograph_shutdown.state);
}

uint32_t heliograph_shutdown_await(enum phase phase, int64_t until_ns, uint32_t bits) {
  uint32_t state;
  atomic_fetch_add(&heliograph_shutdown.waiters, 1);
  for (;;) {
    state = atomic_load(&heliograph_shutdown.state);
    if (phase_of(state) == PHASE_CLOSED || phase_of(state) >= phase || (state & bits) != 0)
      break;
    if (until_ns >= 0 && heliograph_now_ns() >= until_ns)
      break;
    heliograph_futex_wait(&heliograph_shutdown.state, state, until_ns);
  }
  atomic_fetch_sub(&heliograph_shutdown.waiters, 1);
  return state;
}
