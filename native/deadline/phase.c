#include "deadline/phase.h"

#include "deadline/futex.h"
#include "heliograph_report.h"
#include "signal/clock.h"

struct shutdown heliograph_shutdown;

bool heliograph_shutdown_move(enum phase from, enum phase to) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  do {
    if (phase_of(state) != from)
      return false;
  } while (!atomic_compare_exchange_weak(&heliograph_shutdown.state, &state, (state & ~UINT32_C(0xff)) | to));
  heliograph_futex_wake(&heliograph_shutdown.state);
  return true;
}

bool heliograph_shutdown_end_hold(enum heliograph_hold_end end) {
  int none = HELIOGRAPH_HOLD_NOT_ENDED;
  if (phase_of(atomic_load(&heliograph_shutdown.state)) != PHASE_HELD ||
      !atomic_compare_exchange_strong(&heliograph_shutdown.hold_end, &none, end))
    return false;
  heliograph_report_step(HELIOGRAPH_REPORT_DRAINED, 0, 0);
  return heliograph_shutdown_move(PHASE_HELD, PHASE_BEGUN);
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

uint32_t heliograph_shutdown_await_running(enum phase phase, struct running_time *time, int64_t until_ns) {
  for (;;) {
    int64_t left = until_ns - time->passed_ns;
    int64_t tick = left < TICK_NS ? left : TICK_NS;
    uint32_t state = heliograph_shutdown_await(phase, time->looked_ns + tick, 0);
    heliograph_running_time_look(time, heliograph_now_ns());
    atomic_store(&heliograph_shutdown.running_ns, time->passed_ns);
    if (phase_of(state) == PHASE_CLOSED || phase_of(state) >= phase || time->passed_ns >= until_ns)
      return state;
  }
}
