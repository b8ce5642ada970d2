#include "deadline/arrival.h"

#include "deadline/exit_by_signal.h"
#include "deadline/futex.h"
#include "deadline/phase.h"
#include "deadline/report.h"
#include "heliograph_deadline.h"
#include "signal/clock.h"
#include "signal/handler/default_action.h"
#include "signal/handler/handler.h"
#include "signal/handler/hooks.h"
#include "signal/handler/line.h"
#include "signal/libc_sigaction.h"

#include <errno.h>
#include <unistd.h>

void heliograph_shutdown_end(int signal) {
  bool by_signal = atomic_load(&heliograph_shutdown.terms[signal].by_signal);
  heliograph_report_end(REPORT_CUT_OFF, 128 + signal, by_signal ? signal : 0);
  if (by_signal)
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

/* Whether it is another request than the last one, which it then replaces. */
static bool take_request(int signal, bool from_kernel) {
  struct heliograph_request last = {.arrived_ns = atomic_load(&heliograph_shutdown.requested_ns),
                                    .signal = atomic_load(&heliograph_shutdown.requested_by),
                                    .is_from_kernel =
                                        atomic_load(&heliograph_shutdown.requested_from_kernel)};
  struct heliograph_request next = {
      .arrived_ns = heliograph_now_ns(), .signal = signal, .is_from_kernel = from_kernel};
  if (last.signal != 0 && !heliograph_is_another_request(&last, &next))
    return false;
  atomic_store(&heliograph_shutdown.requested_ns, next.arrived_ns);
  atomic_store(&heliograph_shutdown.requested_by, signal);
  atomic_store(&heliograph_shutdown.requested_from_kernel, from_kernel);
  return true;
}

/* An arrival after the first request. The flag says what it was taken for. */
static uint32_t arrive_again(int signal, uint32_t state, bool from_kernel) {
  int first = signal_of(state);
  if (!take_request(signal, from_kernel))
    return HELIOGRAPH_REPEATED_REQUEST;
  if (atomic_load(&heliograph_shutdown.terms[first].ignores_second))
    return HELIOGRAPH_SECOND_REQUEST;
  heliograph_report_step(HELIOGRAPH_REPORT_SECOND, signal, 0);
  if (phase_of(state) == PHASE_HELD)
    heliograph_shutdown_end_hold(HELIOGRAPH_HOLD_REQUEST);
  else
    end_at_once(signal, first);
  return HELIOGRAPH_SECOND_REQUEST;
}

static bool is_from_kernel(const siginfo_t *info) {
  return info != NULL && info->si_code > 0;
}

/* The handler of TERM and INT after a request, unless they have our other one. */
static void on_second_signal(int signal, siginfo_t *info, void *context) {
  (void)context;
  int errno_before = errno;
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  if (heliograph_is_in_child())
    heliograph_default_now_in_child(signal, info);
  else if (phase_of(state) >= PHASE_HELD)
    arrive_again(signal, state, is_from_kernel(info));
  else
    heliograph_default_now(signal, NULL); /* the child of a fork */
  errno = errno_before;
}

/* The dispositions of TERM and INT before ours. Written once, by the first request. */
static struct {
  struct sigaction action;
  atomic_bool is_replaced;
} before[MAX_SIGNAL + 1];

/* An app that ignores the signal, as under nohup or in the background, continues to ignore it. */
static void take_second(int signal) {
  struct sigaction ours = {.sa_sigaction = on_second_signal,
                           .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  struct sigaction standing;
  if ((atomic_load(&heliograph_hooks.signals) & signal_bit(signal)) != 0 ||
      heliograph_libc_sigaction(signal, NULL, &standing) != 0 || standing.sa_handler == SIG_IGN)
    return;
  atomic_fetch_or(&heliograph_hooks.signals, signal_bit(signal));
  sigfillset(&ours.sa_mask);
  if (standing.sa_sigaction == heliograph_on_signal) {
    atomic_fetch_or(&heliograph_shutdown.observed_seconds, signal_bit(signal));
    return;
  }
  before[signal].action = standing;
  atomic_store(&before[signal].is_replaced, heliograph_libc_sigaction(signal, &ours, NULL) == 0);
}

static void give_back(int signal) {
  struct sigaction standing;
  if (atomic_exchange(&before[signal].is_replaced, false) &&
      heliograph_libc_sigaction(signal, NULL, &standing) == 0 && standing.sa_sigaction == on_second_signal)
    heliograph_libc_sigaction(signal, &before[signal].action, NULL);
}

void heliograph_shutdown_abandon(void) {
  atomic_store(&heliograph_hooks.signals, 0);
  atomic_store(&heliograph_exit_signals, 0);
  atomic_store(&heliograph_shutdown.observed_seconds, 0);
  give_back(SIGTERM);
  give_back(SIGINT);
  atomic_store(&heliograph_shutdown.state, PHASE_CLOSED);
  heliograph_futex_wake(&heliograph_shutdown.state);
}

/* Requests the shutdown unless a signal has before. Returns the state before. */
static uint32_t request(int signal, const struct shutdown_terms *terms) {
  uint32_t state = atomic_load(&heliograph_shutdown.state);
  enum phase next = atomic_load(&terms->hold_ns) > 0 ? PHASE_HELD : PHASE_BEGUN;
  while (phase_of(state) == PHASE_READY &&
         !atomic_compare_exchange_weak(&heliograph_shutdown.state, &state,
                                       next | (uint32_t)signal << 8 | (state & WAITS_ENDED)))
    ;
  return state;
}

/* As under nohup, or in the background of a shell. A hold catches even an ignored signal. */
static bool was_ignored(int signal) {
  const struct previous *previous = atomic_load(&heliograph_state.slots[signal].previous);
  return previous != NULL && previous->action.sa_handler == SIG_IGN;
}

uint32_t heliograph_shutdown_arrival(int signal, const siginfo_t *info) {
  const struct shutdown_terms *terms = &heliograph_shutdown.terms[signal];
  if (atomic_load(&terms->is_left_to_app) && was_ignored(signal))
    return 0;
  bool from_kernel = is_from_kernel(info);
  if (phase_of(atomic_load(&heliograph_shutdown.state)) == PHASE_READY) {
    atomic_store(&heliograph_shutdown.arrived_ns[signal], heliograph_now_ns());
    take_request(signal, from_kernel);
  }
  uint32_t state = request(signal, terms);
  if (phase_of(state) == PHASE_READY) {
    take_second(SIGTERM);
    take_second(SIGINT);
    heliograph_exit_as(signal, atomic_load(&terms->by_signal), atomic_load(&terms->status));
    heliograph_report_step(HELIOGRAPH_REPORT_ARRIVED, signal, 0);
    heliograph_report_write();
    heliograph_futex_wake(&heliograph_shutdown.state);
    return HELIOGRAPH_FIRST_REQUEST;
  }
  if (phase_of(state) < PHASE_HELD)
    return 0;
  heliograph_exit_as_well(signal);
  bool stops = (atomic_load(&heliograph_shutdown.observed_seconds) & signal_bit(signal)) != 0;
  return arrive_again(signal, state, from_kernel) | (stops ? ARRIVAL_STOPS_HERE : 0);
}
