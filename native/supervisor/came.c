#include "came.h"

#include <signal.h>
#include <stdbool.h>

static struct {
  sigset_t taken;
  sigset_t told;
} came; /* both empty at first: on Linux that is all bits 0 */

void came_note(int signal) {
  sigaddset(&came.taken, signal);
}

/* CHLD is about children of our own. */
static bool has_come(int signal, const sigset_t *pending) {
  return signal != SIGCHLD && (sigismember(pending, signal) == 1 || sigismember(&came.taken, signal) == 1);
}

void came_tell(void (*tell)(int signal)) {
  sigset_t pending;
  sigpending(&pending);
  for (int signal = 1; signal <= SIGRTMAX; signal++) {
    if (!has_come(signal, &pending) || sigismember(&came.told, signal) == 1)
      continue;
    sigaddset(&came.told, signal);
    tell(signal);
  }
}
