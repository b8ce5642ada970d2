/*
 * A flood of SIGUSR1, to the end of standard input:
 *
 *   flood PID RATE SENDERS
 *
 * A signal is due each 1/RATE of a second. Each of SENDERS processes sends for a millisecond, and then the
 * next one does: the flood takes the same processor time from one sender and from many. A process that is
 * late sends at once what is due. Prints "sent N". It fails where the input lasts longer than MOST_NS.
 */
#include "bench/bench.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char usage[] = "flood PID RATE SENDERS";

/* All senders have started after the second of these. */
enum { TURN_NS = 1000000, STARTED_NS = 100 * 1000000 };
static const int64_t MOST_NS = INT64_C(20) * 1000000000;

struct flood {
  pid_t receiver;
  int64_t begin_ns;
  _Atomic(int64_t) end_ns;
  long step_ns;
  long senders;
  _Atomic(long) sent;
};

static void sleep_until(int64_t time_ns) {
  struct timespec time = {.tv_sec = (time_t)(time_ns / 1000000000), .tv_nsec = (long)(time_ns % 1000000000)};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL) != 0)
    continue;
}

static void send(struct flood *flood, int64_t due_ns) {
  if (bench_now_ns() < due_ns)
    sleep_until(due_ns);
  if (kill(flood->receiver, SIGUSR1) != 0)
    bench_fail("kill");
  atomic_fetch_add(&flood->sent, 1);
}

static void take_turns(struct flood *flood, long number) {
  prctl(PR_SET_TIMERSLACK, 1L, 0, 0, 0);
  for (int64_t turn_ns = flood->begin_ns + number * TURN_NS; turn_ns < flood->end_ns;
       turn_ns += flood->senders * TURN_NS)
    for (int64_t due_ns = turn_ns; due_ns < turn_ns + TURN_NS && bench_now_ns() < flood->end_ns;
         due_ns += flood->step_ns)
      send(flood, due_ns);
}

int main(int argc, char **argv) {
  if (argc != 4)
    bench_usage(usage);
  struct flood *flood = mmap(NULL, sizeof *flood, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (flood == MAP_FAILED)
    bench_fail("mmap");
  flood->receiver = (pid_t)bench_number(argv[1], usage);
  flood->step_ns = 1000000000 / bench_number(argv[2], usage);
  flood->senders = bench_number(argv[3], usage);
  flood->begin_ns = bench_now_ns() + STARTED_NS;
  flood->end_ns = flood->begin_ns + MOST_NS;
  for (long number = 0; number < flood->senders; number++) {
    pid_t sender = fork();
    if (sender < 0)
      bench_fail("fork");
    if (sender == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      take_turns(flood, number);
      _exit(0);
    }
  }
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0)
    continue;
  if (bench_now_ns() > flood->end_ns)
    bench_wrong("the flood ended before the input did");
  flood->end_ns = bench_now_ns();
  int status;
  while (wait(&status) > 0)
    if (status != 0)
      bench_wrong("a sender ended with status %d", status);
  printf("sent %ld\n", atomic_load(&flood->sent));
  return 0;
}
