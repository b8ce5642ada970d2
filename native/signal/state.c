#include "signal/state.h"

#include <poll.h>
#include <sched.h>

struct state heliograph_state = {.lock = PTHREAD_MUTEX_INITIALIZER, .read_fd = -1, .write_fd = -1};

_Thread_local struct reader_thread heliograph_this_thread;

void heliograph_await_writers(struct slot *slot) {
  for (int turns = 0; atomic_load(&slot->writers) != 0; turns++)
    if (turns < 1000)
      sched_yield();
    else
      poll(NULL, 0, 1); /* a handler may wait long for its sender's memory */
}
