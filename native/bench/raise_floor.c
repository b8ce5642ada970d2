/*
 * The floor of raise-to-worker: from the call that sends a signal until the sending thread, which spins, sees
 * that it was taken.
 *
 *   raise_floor CONTENDER WARM_UP MEASURED
 *
 * c-blocking: raise; the handler writes to a pipe, a thread that sleeps in read() takes it.
 *
 * c-spinning: the same, the thread polls.
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"

#include <stdio.h>
#include <string.h>

static const char usage[] = "raise_floor CONTENDER WARM_UP MEASURED";

static void raise_and_await(long number) {
  self_pipe_raise(SIGUSR1);
  self_pipe_await(number);
}

static void prepare_blocking(void) {
  self_pipe_open(SIGUSR1, 0);
}

static void prepare_spinning(void) {
  self_pipe_open(SIGUSR1, 1);
}

static const struct contender {
  const char *name;
  void (*prepare)(void);
} contenders[] = {
    {"c-blocking", prepare_blocking},
    {"c-spinning", prepare_spinning},
};

static const struct contender *find(const char *name) {
  for (size_t i = 0; name != NULL && i < sizeof contenders / sizeof *contenders; i++)
    if (strcmp(contenders[i].name, name) == 0)
      return &contenders[i];
  return NULL;
}

int main(int argc, char **argv) {
  const struct contender *contender = argc == 4 ? find(argv[1]) : NULL;
  if (contender == NULL)
    bench_usage(usage);
  long warm_up = bench_number(argv[2], usage);
  long measured = bench_number(argv[3], usage);
  int64_t *nanos = bench_samples(measured);
  contender->prepare();
  for (long i = -warm_up; i < measured; i++) {
    int64_t before_ns = bench_now_ns();
    raise_and_await(warm_up + i + 1);
    if (i >= 0)
      nanos[i] = bench_now_ns() - before_ns;
  }
  long taken = self_pipe_taken();
  if (taken != warm_up + measured)
    bench_wrong("%s: %ld sent, %ld taken", contender->name, warm_up + measured, taken);
  char check[100];
  snprintf(check, sizeof check, "%ld sent, %ld taken", warm_up + measured, taken);
  bench_print("raise-to-worker", contender->name, nanos, measured, check);
  return 0;
}
