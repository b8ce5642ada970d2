/*
 * The state of the last words, and what a signal handler may do with it. Notes are stores, and a write is
 * asked of the report's thread.
 */
#include "deadline/report.h"

#include "deadline/futex.h"
#include "signal/clock.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

/* A repeat within this time is the same request. */
#define SAME_NS INT64_C(500000000)

/* How long the end of the process may wait for its last words. */
#define MOST_NS INT64_C(500000000)

struct report heliograph_report;

int64_t heliograph_report_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The child of a fork, and of a vfork which shares this memory, has another pid. */
static bool is_open(void) {
  int process = atomic_load(&heliograph_report.process_id);
  return process != 0 && process == getpid();
}

static uint32_t ask(void) {
  uint32_t asked = atomic_fetch_add(&heliograph_report.asked, 1) + 1;
  heliograph_futex_wake(&heliograph_report.asked);
  return asked;
}

static void note(struct report_time *time, int signal, int64_t at_ns) {
  atomic_store(&time->signal, signal);
  atomic_store(&time->at_ns, at_ns);
}

int heliograph_report_step(int step, int signal, int64_t at_ns) {
  if (step < 0 || step >= HELIOGRAPH_REPORT_STEPS)
    return -EINVAL;
  if (!is_open())
    return -EBADF;
  struct report_state *state = &heliograph_report.state;
  int64_t real = heliograph_report_clock() - (at_ns == 0 ? 0 : heliograph_now_ns() - at_ns);
  int64_t before = atomic_load(&state->steps[step].at_ns);
  bool is_new_arrival = step == HELIOGRAPH_REPORT_ARRIVED && real - before > SAME_NS &&
                        atomic_load(&state->steps[HELIOGRAPH_REPORT_EXIT_BEGUN].at_ns) == 0;
  if (before == 0 || is_new_arrival || step == HELIOGRAPH_REPORT_SECOND)
    note(&state->steps[step], signal, real);
  return 0;
}

int heliograph_report_write(void) {
  if (!is_open())
    return -EBADF;
  ask();
  return 0;
}

bool heliograph_report_await(uint32_t asked) {
  int64_t until = heliograph_now_ns() + MOST_NS;
  for (;;) {
    uint32_t written = atomic_load(&heliograph_report.written);
    if ((int32_t)(written - asked) >= 0)
      return true;
    if (heliograph_now_ns() >= until)
      return false;
    heliograph_futex_wait(&heliograph_report.written, written, until);
  }
}

void heliograph_report_end(enum report_end end, int exit_status, int death_signal) {
  struct report_state *state = &heliograph_report.state;
  if (!is_open())
    return;
  int error = errno;
  if (end == REPORT_IN_ORDER && atomic_load(&state->end) == REPORT_CUT_OFF) {
    heliograph_report_await(ask()); /* another thread is about to end the process */
    return;
  }
  atomic_store(&state->ended_at_ns, heliograph_report_clock());
  atomic_store(&state->exit_status, exit_status < 0 ? exit_status : exit_status & 0xff);
  atomic_store(&state->death_signal, death_signal);
  atomic_store(&state->end, end);
  heliograph_report_await(ask());
  errno = error;
}
