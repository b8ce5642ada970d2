/*
 * The floor of interrupted-thread: what raise() costs the thread itself, with one signal at a time.
 *
 *   handler_floor CONTENDER WARM_UP MEASURED
 *
 *   c-empty-handler  a handler that counts
 *   c-write-64       a handler that writes 64 bytes to a pipe, which a thread that sleeps in read() takes
 *   c-write-64-spinning  the same, the thread polls
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "handler_floor CONTENDER WARM_UP MEASURED";

static volatile sig_atomic_t entered;

static void count(int signal) {
  (void)signal;
  entered++;
}

static void await_entered(long number) {
  if (entered != number)
    bench_wrong("raised %ld, and the handler ran %ld times", number, (long)entered);
}

/* As long as InterruptedThread of jmh/ does: a reader that sleeps between signals is to be asleep when the
 * next comes, for to wake it is part of what the handler costs. */
static void pause_between(void) {
  int64_t until_ns = bench_now_ns() + 5000;
  while (bench_now_ns() < until_ns)
    bench_relax();
}

static void measure(long warm_up, long measured, int64_t *nanos, void (*await)(long)) {
  for (long i = -warm_up; i < measured; i++) {
    int64_t before_ns = bench_now_ns();
    self_pipe_raise(SIGUSR1);
    int64_t after_ns = bench_now_ns();
    if (i >= 0)
      nanos[i] = after_ns - before_ns;
    await(warm_up + i + 1);
    pause_between();
  }
}

int main(int argc, char **argv) {
  const char *contender = argc == 4 ? argv[1] : "";
  int is_empty = strcmp(contender, "c-empty-handler") == 0;
  int is_spinning = strcmp(contender, "c-write-64-spinning") == 0;
  if (!is_empty && !is_spinning && strcmp(contender, "c-write-64") != 0)
    bench_usage(usage);
  long warm_up = bench_number(argv[2], usage);
  long measured = bench_number(argv[3], usage);
  int64_t *nanos = bench_samples(measured);
  if (is_empty) {
    struct sigaction action = {.sa_handler = count, .sa_flags = SA_RESTART};
    if (sigaction(SIGUSR1, &action, NULL) != 0)
      bench_fail("sigaction");
  } else {
    self_pipe_open(SIGUSR1, is_spinning);
  }
  measure(warm_up, measured, nanos, is_empty ? await_entered : self_pipe_await);
  char check[100];
  snprintf(check, sizeof check, "%ld raised, %ld handled", warm_up + measured,
           is_empty ? (long)entered : self_pipe_taken());
  bench_print("interrupted-thread", contender, nanos, measured, check);
  return 0;
}
