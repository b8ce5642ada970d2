/* Death by a signal at the end of an orderly exit: who began the exit asks for it, exit(3) comes to it. */
#include "death.h"

#include "default_action.h"
#include "heliograph_shutdown.h"
#include "names.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

static _Atomic(int) exit_status = -1;

_Atomic(int) heliograph_signal_to_die_by;

static void note_status(int status, void *unused) {
  (void)unused;
  atomic_store(&exit_status, status);
}

/*
 * The end of exit(3). Not in an exit handler, before which those would not run that were there before ours. A
 * status of somebody's own is left alone: a hook that halts with 3 means 3.
 */
__attribute__((destructor)) static void die_by_the_signal(void) {
  int signal = atomic_load(&heliograph_signal_to_die_by);
  if (signal == 0 || atomic_load(&exit_status) != 128 + signal)
    return;
  (void)fflush(NULL); /* which exit(3) would do next */
  heliograph_default_now(signal, NULL);
}

int heliograph_death_prepare(void) {
  static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  static bool notes_status;
  pthread_mutex_lock(&lock);
  notes_status = notes_status || on_exit(note_status, NULL) == 0;
  int result = notes_status ? 0 : -ENOMEM;
  pthread_mutex_unlock(&lock);
  return result;
}

int heliograph_die_by(int signal) {
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  int result = heliograph_death_prepare();
  if (result == 0)
    heliograph_death_by(signal);
  return result;
}
