/* Opens and closes the shutdown, and tells ordinary threads about it. */
#include "deadline/arrival.h"
#include "deadline/exit_by_signal.h"
#include "deadline/futex.h"
#include "deadline/phase.h"
#include "deadline/watchdog.h"
#include "heliograph_deadline.h"
#include "signal/handler/hooks.h"
#include "signal/names.h"

#include <errno.h>
#include <sched.h>

/* Of opening and closing. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t watchdog;

/* The child of a fork has no watchdog. */
static void forget(void) {
  atomic_store(&heliograph_hooks.signals, 0);
  atomic_store(&heliograph_shutdown.state, PHASE_CLOSED);
  atomic_store(&heliograph_shutdown.waiters, 0);
}

static int open_locked(void) {
  if (phase_of(atomic_load(&heliograph_shutdown.state)) != PHASE_CLOSED)
    return -EALREADY;
  int error = heliograph_exit_by_signal_prepare();
  if (error != 0)
    return error;
  atomic_store(&heliograph_shutdown.requested_by, 0);
  heliograph_shutdown_move(PHASE_CLOSED, PHASE_READY);
  error = heliograph_watchdog_start(&watchdog);
  if (error != 0)
    heliograph_shutdown_move(PHASE_READY, PHASE_CLOSED);
  return error;
}

int heliograph_shutdown_open(void) {
  pthread_mutex_lock(&lock);
  int result = open_locked();
  pthread_mutex_unlock(&lock);
  return result;
}

static int close_locked(void) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  while (phase_of(state) == PHASE_READY &&
         !atomic_compare_exchange_strong(&heliograph_shutdown.state, &state, state & ~UINT32_C(0xff)))
    ;
  if (phase_of(state) != PHASE_READY)
    return phase_of(state) == PHASE_CLOSED ? -EBADF : -EBUSY;
  heliograph_futex_wake(&heliograph_shutdown.state);
  pthread_join(watchdog, NULL);
  while (atomic_load(&heliograph_shutdown.waiters) != 0) /* they are awake: it is short */
    sched_yield();
  return 0;
}

int heliograph_shutdown_close(void) {
  pthread_mutex_lock(&lock);
  int result = close_locked();
  pthread_mutex_unlock(&lock);
  return result;
}

int heliograph_shutdown_on(int signal, const struct heliograph_shutdown_terms *terms) {
  if (!heliograph_may_be_caught(signal) || terms->within_ns < 0 || terms->hold_ns < 0 || terms->status > 255)
    return -EINVAL;
  struct shutdown_terms *kept = &heliograph_shutdown.terms[signal];
  heliograph_hooks.arrived = heliograph_shutdown_arrival;
  heliograph_hooks.forked = forget;
  atomic_store(&kept->within_ns, terms->within_ns);
  atomic_store(&kept->hold_ns, terms->hold_ns);
  atomic_store(&kept->by_signal, terms->by_signal != 0);
  atomic_store(&kept->status, terms->status);
  atomic_store(&kept->ignores_second, terms->ignores_second != 0);
  atomic_store(&kept->is_left_to_app, terms->is_left_to_app != 0);
  atomic_fetch_or(&heliograph_hooks.signals, signal_bit(signal));
  return 0;
}

int heliograph_shutdown_off(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  if (phase_of(atomic_load(&heliograph_shutdown.state)) >= PHASE_HELD)
    return -EBUSY;
  atomic_fetch_and(&heliograph_hooks.signals, ~signal_bit(signal));
  return 0;
}

int heliograph_shutdown_requested_by(void) {
  return signal_of(atomic_load(&heliograph_shutdown.state));
}

int heliograph_shutdown_is_held(void) {
  return phase_of(atomic_load(&heliograph_shutdown.state)) == PHASE_HELD;
}

int heliograph_shutdown_release(void) {
  return heliograph_shutdown_end_hold(HELIOGRAPH_HOLD_RELEASED) ? 0 : -EINVAL;
}

int heliograph_shutdown_hold_end(void) {
  return atomic_load(&heliograph_shutdown.hold_end);
}

int64_t heliograph_shutdown_running_ns(void) {
  return atomic_load(&heliograph_shutdown.running_ns);
}

static int await_signal(enum phase phase) {
  uint32_t state = heliograph_shutdown_await(phase, -1, WAITS_ENDED);
  return phase_of(state) >= phase ? signal_of(state) : 0;
}

int heliograph_shutdown_await_begin(void) {
  return await_signal(PHASE_BEGUN);
}

int heliograph_shutdown_await_deadline(void) {
  return await_signal(PHASE_OVER);
}

void heliograph_shutdown_end_waits(void) {
  atomic_fetch_or(&heliograph_shutdown.state, WAITS_ENDED);
  heliograph_futex_wake(&heliograph_shutdown.state);
}
