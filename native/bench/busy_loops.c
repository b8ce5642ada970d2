/*
 * Makes a machine busy, to the end of standard input:
 *
 *   busy_loops COUNT
 *
 * Prints "ready COUNT" when so many processes loop. They have ended before this one ends, or end with it when
 * it is killed; none runs longer than five minutes.
 */
#include "bench/bench.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_SECONDS = 300, MOST_LOOPS = 1024 };

static _Noreturn void loop(pid_t parent) {
  alarm(MOST_SECONDS);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent)
    _exit(0); /* it had ended before the prctl */
  for (volatile unsigned turn = 0;; turn++)
    continue;
}

int main(int argc, char **argv) {
  long count = bench_number(argc == 2 ? argv[1] : NULL, "busy_loops COUNT");
  static pid_t loops[MOST_LOOPS];
  pid_t parent = getpid();
  if (count > MOST_LOOPS)
    bench_wrong("%ld are too many: at most %d", count, (int)MOST_LOOPS);
  for (long i = 0; i < count; i++) {
    pid_t child = fork();
    if (child < 0)
      bench_fail("fork");
    if (child == 0)
      loop(parent);
    loops[i] = child;
  }
  printf("ready %ld\n", count);
  fflush(stdout);
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0)
    continue;
  for (long i = 0; i < count; i++)
    kill(loops[i], SIGKILL);
  while (wait(NULL) > 0)
    continue;
  return 0;
}
