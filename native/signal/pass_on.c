/* What lies beneath us happens later than the arrival. */
#include "heliograph.h"
#include "signal/handler/handler.h"
#include "signal/names.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>

int heliograph_pass_on(int signal) {
  sigset_t one;
  sigset_t before;
  if (!heliograph_may_be_caught(signal))
    return -EINVAL;
  sigemptyset(&one);
  sigaddset(&one, signal);
  heliograph_passed_on = signal;
  pthread_sigmask(SIG_UNBLOCK, &one, &before);
  int result = raise(signal) == 0 ? 0 : -errno; /* the handler has run when it returns: POSIX, raise() */
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  heliograph_passed_on = 0;
  return result;
}
