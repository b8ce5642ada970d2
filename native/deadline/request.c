#include "heliograph_deadline.h"

#include <signal.h>
#include <stdbool.h>

/* A launcher and the process group, or a terminal's shell and the kernel, repeat a request within this time.
 */
#define REPEAT_NS INT64_C(500000000)

/* The kernel sends them again by itself: XCPU each second (setrlimit(2)), HUP when the terminal has gone. */
static bool is_repeated_by_kernel(int signal) {
  return signal == SIGXCPU || signal == SIGHUP;
}

/* The terminal's keys (termios(3)). A shell or launcher that passes one on is another process than the
 * kernel. */
static bool is_key(int signal, int is_from_kernel) {
  return is_from_kernel && (signal == SIGINT || signal == SIGQUIT);
}

int heliograph_is_another_request(const struct heliograph_request *last,
                                  const struct heliograph_request *next) {
  if (next->is_from_kernel && is_repeated_by_kernel(next->signal))
    return 0;
  if (is_key(last->signal, last->is_from_kernel) && is_key(next->signal, next->is_from_kernel))
    return 1;
  return next->arrived_ns - last->arrived_ns > REPEAT_NS;
}
