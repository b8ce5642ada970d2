/*
 * The floor of registering: sigaction() to a handler, and back.
 *
 *   register_floor WARM_UP MEASURED
 */
#include "bench/bench.h"

#include <signal.h>
#include <stdio.h>

static const char usage[] = "register_floor WARM_UP MEASURED";

static void handle(int signal) {
  (void)signal;
}

/* Registers and restores; tells whether what was found in between is what had been set. */
static int once(void) {
  struct sigaction ours = {.sa_handler = handle, .sa_flags = SA_RESTART};
  struct sigaction before;
  struct sigaction found;
  if (sigaction(SIGUSR1, &ours, &before) != 0 || sigaction(SIGUSR1, &before, &found) != 0)
    bench_fail("sigaction");
  return before.sa_handler == SIG_DFL && found.sa_handler == handle;
}

int main(int argc, char **argv) {
  long warm_up = bench_number(argc == 3 ? argv[1] : NULL, usage);
  long measured = bench_number(argv[2], usage);
  int64_t *nanos = bench_samples(measured);
  for (long i = -warm_up; i < measured; i++) {
    int64_t before_ns = bench_now_ns();
    int is_right = once();
    if (i >= 0)
      nanos[i] = bench_now_ns() - before_ns;
    if (!is_right)
      bench_wrong("round %ld: another disposition than the one that was set", i);
  }
  char check[100];
  snprintf(check, sizeof check, "%ld set, seen and restored", warm_up + measured);
  bench_print("registering", "c-sigaction", nanos, measured, check);
  return 0;
}
