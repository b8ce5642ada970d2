#include "deadline/exit_by_signal.h"

#include "deadline/report.h"
#include "heliograph_deadline.h"
#include "signal/handler/default_action.h"
#include "signal/names.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* glibc has it, musl does not. */
extern int on_exit(void (*function)(int, void *), void *argument) __attribute__((weak));

static _Atomic(int) exit_status = -1; /* what exit(3) was called with; -1: unknown */
static _Atomic(pid_t) process;        /* the child of a fork exits as it likes */

_Atomic(uint64_t) heliograph_exit_signals;
_Atomic(int) heliograph_exit_status;

void heliograph_will_exit(int status) {
  atomic_store(&exit_status, status & 0xff);
}

static void note_status(int status, void *unused) {
  (void)unused;
  heliograph_will_exit(status);
}

/*
 * At the end of exit(3). An exit handler of ours would run before those that were registered earlier. Another
 * status than 128 + signal is a choice of the app, and stays.
 */
__attribute__((destructor)) static void end_as_asked(void) {
  int status = atomic_load(&exit_status);
  int signal = status - 128;
  if (atomic_load(&process) != getpid())
    return;
  bool ends_otherwise = signal >= 1 && signal <= MAX_SIGNAL &&
                        (atomic_load(&heliograph_exit_signals) & signal_bit(signal)) != 0;
  int other_status = ends_otherwise ? atomic_load(&heliograph_exit_status) : status;
  heliograph_report_end(REPORT_IN_ORDER, other_status, ends_otherwise && other_status < 0 ? signal : 0);
  if (!ends_otherwise)
    return;
  (void)fflush(NULL); /* exit(3) would do it next */
  if (other_status >= 0)
    _exit(other_status);
  heliograph_default_now(signal, NULL);
}

bool heliograph_knows_exit_status(void) {
  return on_exit != NULL;
}

int heliograph_exit_by_signal_prepare(void) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static bool notes_status;
  pthread_mutex_lock(&lock);
  atomic_store(&process, getpid());
  notes_status = notes_status || !heliograph_knows_exit_status() || on_exit(note_status, NULL) == 0;
  int result = notes_status ? 0 : -ENOMEM;
  pthread_mutex_unlock(&lock);
  return result;
}

int heliograph_die_by(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  int result = heliograph_exit_by_signal_prepare();
  if (result == 0)
    heliograph_exit_as(signal, true, -1);
  return result;
}
