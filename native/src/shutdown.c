/* The phases of the shutdown: shutdown_arrival.c begins it, and watchdog.c keeps its deadline. */
#include "shutdown.h"

#include "clock.h"
#include "death.h"
#include "futex.h"
#include "names.h"

#include <errno.h>
#include <sched.h>

void heliograph_shutdown_next(enum phase phase) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  atomic_store(&heliograph_shutdown.state, (state & ~UINT32_C(0xff)) | phase);
  heliograph_futex_wake(&heliograph_shutdown.state);
}

/* Until the phase is reached, or the time over, or one of these bits is in the state. */
static uint32_t await(enum phase phase, int64_t until_ns, uint32_t bits) {
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

uint32_t heliograph_shutdown_await(enum phase phase, int64_t until_ns) {
  return await(phase, until_ns, 0);
}

static int open_locked(void) {
  if (phase_of(atomic_load(&heliograph_shutdown.state)) != PHASE_CLOSED)
    return -EALREADY;
  int error = heliograph_death_prepare();
  if (error != 0)
    return error;
  heliograph_shutdown_next(PHASE_READY);
  error = heliograph_watchdog_start(&heliograph_shutdown.watchdog);
  if (error != 0)
    heliograph_shutdown_next(PHASE_CLOSED);
  return error;
}

int heliograph_shutdown_open(void) {
  pthread_mutex_lock(&heliograph_shutdown.lock);
  int result = open_locked();
  pthread_mutex_unlock(&heliograph_shutdown.lock);
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
  pthread_join(heliograph_shutdown.watchdog, NULL);
  while (atomic_load(&heliograph_shutdown.waiters) != 0) /* they are awake: it is short */
    sched_yield();
  return 0;
}

int heliograph_shutdown_close(void) {
  pthread_mutex_lock(&heliograph_shutdown.lock);
  int result = close_locked();
  pthread_mutex_unlock(&heliograph_shutdown.lock);
  return result;
}

int heliograph_shutdown_on(int signal, int64_t within_ns, int by_signal) {
  if (!heliograph_may_be_caught(signal) || within_ns < 0)
    return -EINVAL;
  atomic_store(&heliograph_shutdown.terms[signal].within_ns, within_ns);
  atomic_store(&heliograph_shutdown.terms[signal].by_signal, by_signal != 0);
  atomic_fetch_or(&heliograph_shutdown_signals, signal_bit(signal));
  return 0;
}

int heliograph_shutdown_off(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  if (phase_of(atomic_load(&heliograph_shutdown.state)) >= PHASE_BEGUN)
    return -EBUSY;
  atomic_fetch_and(&heliograph_shutdown_signals, ~signal_bit(signal));
  return 0;
}

int heliograph_shutdown_begun_by(void) {
  return signal_of(atomic_load(&heliograph_shutdown.state));
}

static int await_signal(enum phase phase) {
  uint32_t state = await(phase, -1, WAITS_ENDED);
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

void heliograph_shutdown_forget(void) {
  atomic_store(&heliograph_shutdown_signals, 0);
  atomic_store(&heliograph_shutdown.state, PHASE_CLOSED);
  atomic_store(&heliograph_shutdown.waiters, 0);
  heliograph_death_by(0);
}
