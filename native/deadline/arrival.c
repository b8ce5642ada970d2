#include "deadline/arrival.h"

#include "deadline/exit_by_signal.h"
#include "deadline/futex.h"
#include "deadline/phase.h"
#include "signal/clock.h"
#include "signal/handler/default_action.h"
#include "signal/handler/handler.h"
#include "signal/handler/hooks.h"
#include "signal/handler/line.h"
#include "signal/libc_sigaction.h"

#include <unistd.h>

void heliograph_shutdown_end(int signal) {
  if (atomic_load(&heliograph_shutdown.terms[signal].by_signal))
    heliograph_default_now(signal, NULL);
  _exit(128 + signal); /* also if the default action ended nothing: in the init of a pid namespace */
}

static _Noreturn void end_at_once(int signal, int first) {
  char text[128];
  struct line line = {.text = text, .room = sizeof text};
  heliograph_line_add(&line, "heliograph: ");
  heliograph_line_add(&line, heliograph_signal_name(signal));
  heliograph_line_add(&line, " during the shutdown that ");
  heliograph_line_add(&line, heliograph_signal_name(first));
  heliograph_line_add(&line, " began: ended at once\n");
  heliograph_line_write(&line);
  heliograph_shutdown_end(first);
}

/* The handler of TERM and INT during a shutdown, unless they have our other one. */
static void on_second_signal(int signal) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  if (phase_of(state) >= PHASE_BEGUN)
    end_at_once(signal, signal_of(state));
  heliograph_default_now(signal, NULL); /* the child of a fork */
}

/* An app that ignores the signal, as under nohup or in the background, continues to ignore it. */
static void take_second(int signal) {
  struct sigaction ours = {.sa_handler = on_second_signal, .sa_flags = SA_ONSTACK};
  struct sigaction standing;
  if ((atomic_load(&heliograph_hooks.signals) & signal_bit(signal)) != 0 ||
      heliograph_libc_sigaction(signal, NULL, &standing) != 0 || standing.sa_handler == SIG_IGN)
    return;
  atomic_fetch_or(&heliograph_hooks.signals, signal_bit(signal));
  sigfillset(&ours.sa_mask);
  if (standing.sa_sigaction != heliograph_on_signal)
    heliograph_libc_sigaction(signal, &ours, NULL);
}

/* Begins the shutdown unless one has begun. Returns the state before. */
static uint32_t begin(int signal) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  while (phase_of(state) == PHASE_READY &&
         !atomic_compare_exchange_weak(&heliograph_shutdown.state, &state,
                                       PHASE_BEGUN | (uint32_t)signal << 8 | (state & WAITS_ENDED)))
    ;
  return state;
}

void heliograph_shutdown_arrival(int signal) {
  if (phase_of(atomic_load(&heliograph_shutdown.state)) == PHASE_READY)
    atomic_store(&heliograph_shutdown.arrived_ns[signal], heliograph_now_ns());
  uint32_t state = begin(signal);
  if (phase_of(state) == PHASE_READY) {
    take_second(SIGTERM);
    take_second(SIGINT);
    heliograph_exit_by(atomic_load(&heliograph_shutdown.terms[signal].by_signal) ? signal : 0);
    heliograph_futex_wake(&heliograph_shutdown.state);
  } else if (phase_of(state) >= PHASE_BEGUN) {
    end_at_once(signal, signal_of(state));
  }
}
