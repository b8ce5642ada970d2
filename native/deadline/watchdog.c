/*
 * The thread that keeps the deadline. It runs C alone and blocks each signal, so that nothing in the rest of
 * the process delays it. It starts before the signal comes, because a sick process may not get a thread then.
 */
#include "deadline/watchdog.h"

#include "deadline/arrival.h"
#include "deadline/notify.h"
#include "deadline/phase.h"
#include "heliograph_deadline.h"
#include "heliograph_report.h"
#include "signal/handler/line.h"

#include <errno.h>
#include <string.h>

/* How long the report may take. */
#define DUMP_NS INT64_C(500000000)

/*
 * Java's text on the threads at work in hooks: [0] when the exit began, [1] at the deadline. The caller that
 * sets `taken` writes the text, and then the length.
 */
static struct {
  atomic_bool taken;
  _Atomic(size_t) length;
  char text[3072];
} at_work[2];
static atomic_bool dump_failed;

int heliograph_shutdown_at_work(const char *text, size_t length) {
  enum phase phase = phase_of(atomic_load(&heliograph_shutdown.state));
  if (phase < PHASE_BEGUN)
    return -EINVAL;
  __typeof__(&at_work[0]) place = &at_work[phase != PHASE_BEGUN];
  if (atomic_exchange(&place->taken, true))
    return -EALREADY;
  if (length > sizeof place->text - 1)
    length = sizeof place->text - 1;
  memcpy(place->text, text, length);
  atomic_store(&place->length, length);
  return 0;
}

/* The later of the two texts. */
static const char *threads_at_work(void) {
  for (int i = 1; i >= 0; i--)
    if (atomic_load(&at_work[i].length) != 0)
      return at_work[i].text;
  return "which threads are at work in shutdown hooks, the VM does not say";
}

int heliograph_shutdown_told(int is_whole) {
  if (phase_of(atomic_load(&heliograph_shutdown.state)) != PHASE_OVER)
    return -EINVAL;
  atomic_store(&dump_failed, !is_whole);
  heliograph_shutdown_move(PHASE_OVER, PHASE_TOLD);
  return 0;
}

static void add_time(struct line *line, int64_t ns) {
  uint64_t ms = (uint64_t)ns / 1000000;
  heliograph_line_add_number(line, ms % 1000 == 0 ? ms / 1000 : ms);
  heliograph_line_add(line, ms % 1000 == 0 ? " s" : " ms");
}

static void report_a_missing_dump(bool failed) {
  char text[128];
  struct line line = {.text = text, .room = sizeof text};
  heliograph_line_add(&line, "heliograph: no whole thread dump: the VM could make none");
  if (!failed) {
    heliograph_line_add(&line, " within ");
    add_time(&line, DUMP_NS);
  }
  heliograph_line_write(&line);
}

/* Less is what a busy machine does. */
#define LEAST_STOPPED_NS INT64_C(500000000)

/* How long the process could not run, if that is worth a word. */
static void add_stopped_time(struct line *line, int64_t stopped_ns) {
  if (stopped_ns < LEAST_STOPPED_NS)
    return;
  heliograph_line_add(line, ", not counting ");
  add_time(line, stopped_ns / 1000000 * 1000000);
  heliograph_line_add(line, " in which the process was stopped");
}

static void report_the_end(int signal, int64_t stopped_ns) {
  static char text[sizeof at_work[0].text + 512];
  struct line line = {.text = text, .room = sizeof text};
  const struct shutdown_terms *terms = &heliograph_shutdown.terms[signal];
  heliograph_line_add(&line, "heliograph: ");
  heliograph_line_add(&line, heliograph_signal_name(signal));
  heliograph_line_add(&line, ": not ended within ");
  add_time(&line, atomic_load(&terms->within_ns));
  add_stopped_time(&line, stopped_ns);
  heliograph_line_add(&line, "; ");
  heliograph_line_add(&line, threads_at_work());
  heliograph_line_add(&line, "; ended now, ");
  if (atomic_load(&terms->by_signal)) {
    heliograph_line_add(&line, "by the signal");
  } else {
    heliograph_line_add(&line, "with status ");
    heliograph_line_add_number(&line, 128 + (uint64_t)signal);
  }
  heliograph_line_write(&line);
}

/* How often the service manager hears that the deadline is kept. */
#define NOTIFY_NS INT64_C(1000000000)

/*
 * As heliograph_shutdown_await_running(), and tells the service manager each second. A process that was
 * stopped has a later deadline, so one message would not do.
 */
static void await_running(enum phase phase, struct running_time *time, int64_t until_ns, int64_t within_ns) {
  uint32_t state;
  do {
    heliograph_notify_stopping(within_ns == 0 ? -1 : within_ns - time->passed_ns);
    int64_t next_ns = time->passed_ns + NOTIFY_NS;
    state = heliograph_shutdown_await_running(phase, time, next_ns < until_ns ? next_ns : until_ns);
  } while (phase_of(state) != PHASE_CLOSED && phase_of(state) < phase && time->passed_ns < until_ns);
}

/* Begins the shutdown at the end of its hold, unless it has begun. */
static void end_hold(struct running_time *time, const struct shutdown_terms *terms) {
  int64_t within_ns = atomic_load(&terms->within_ns);
  int64_t hold_ns = atomic_load(&terms->hold_ns);
  int64_t until_ns = within_ns != 0 && within_ns < hold_ns ? within_ns : hold_ns;
  await_running(PHASE_BEGUN, time, until_ns, within_ns);
  heliograph_shutdown_end_hold(HELIOGRAPH_HOLD_TIME);
}

/* heliograph_shutdown_close(), or heliograph_shutdown_abandon(). */
static bool is_closed(void) {
  return phase_of(atomic_load(&heliograph_shutdown.state)) == PHASE_CLOSED;
}

static void *watch(void *unused) {
  pthread_setname_np(pthread_self(), "heliograph-time");
  uint32_t state = heliograph_shutdown_await(PHASE_HELD, -1, 0);
  if (is_closed())
    return unused;
  int signal = signal_of(state);
  const struct shutdown_terms *terms = &heliograph_shutdown.terms[signal];
  int64_t arrived_ns = atomic_load(&heliograph_shutdown.arrived_ns[signal]);
  struct running_time time = {.looked_ns = arrived_ns};
  end_hold(&time, terms);
  int64_t within_ns = atomic_load(&terms->within_ns);
  if (within_ns == 0) /* without a deadline: for ever */
    heliograph_shutdown_await(PHASE_OVER, -1, 0);
  await_running(PHASE_OVER, &time, within_ns, within_ns);
  if (is_closed())
    return unused;
  int64_t stopped_ns = time.looked_ns - arrived_ns - time.passed_ns;
  heliograph_report_step(HELIOGRAPH_REPORT_DEADLINE, 0, 0);
  heliograph_shutdown_move(PHASE_BEGUN, PHASE_OVER);
  time.passed_ns = 0;
  state = heliograph_shutdown_await_running(PHASE_TOLD, &time, DUMP_NS);
  if (is_closed())
    return unused;
  bool failed = atomic_load(&dump_failed);
  if (phase_of(state) != PHASE_TOLD || failed)
    report_a_missing_dump(failed);
  report_the_end(signal, stopped_ns);
  heliograph_shutdown_end(signal);
}

int heliograph_watchdog_start(pthread_t *thread) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); /* the new thread inherits the mask */
  int error = pthread_create(thread, NULL, watch, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return -error;
}
