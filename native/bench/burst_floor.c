/*
 * The floor of burst: 100 signals raised one after the other, until the last of them is taken from the pipe;
 * nanoseconds for each of the 100.
 *
 *   burst_floor c-blocking WARM_UP MEASURED
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"

#include <stdio.h>
#include <string.h>

enum { BURST = 100 }; /* as benchmarks/Burst.java */

static const char usage[] = "burst_floor c-blocking WARM_UP MEASURED";

int main(int argc, char **argv) {
  const char *contender = argc == 4 ? argv[1] : "";
  if (strcmp(contender, "c-blocking") != 0)
    bench_usage(usage);
  long warm_up = bench_number(argv[2], usage);
  long measured = bench_number(argv[3], usage);
  int64_t *nanos = bench_samples(measured);
  self_pipe_open(SIGUSR1, 0);
  for (long i = -warm_up; i < measured; i++) {
    int64_t before_ns = bench_now_ns();
    for (int n = 0; n < BURST; n++)
      self_pipe_raise(SIGUSR1);
    self_pipe_await((warm_up + i + 1) * BURST);
    if (i >= 0)
      nanos[i] = (bench_now_ns() - before_ns) / BURST;
  }
  char check[100];
  snprintf(check, sizeof check, "%ld raised, %ld taken", (warm_up + measured) * BURST, self_pipe_taken());
  bench_print("burst", contender, nanos, measured, check);
  return 0;
}
