/*
 * Signals another process at a rate, to the end of standard input, and prints "sent N":
 *
 *   soak_send PID SIGNAL RATE
 *
 * RATE is in signals a second. What is due is sent each millisecond; what is later than 100 ms is left out.
 */
#include "bench/bench.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <unistd.h>

static const char usage[] = "soak_send PID SIGNAL RATE";
static const int64_t second_ns = INT64_C(1000000000);

static int is_input_open(void) {
  struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
  char byte;
  return poll(&input, 1, 1) == 0 || read(STDIN_FILENO, &byte, 1) > 0;
}

int main(int argc, char **argv) {
  if (argc != 4)
    bench_usage(usage);
  pid_t receiver = (pid_t)bench_number(argv[1], usage);
  int signal = (int)bench_number(argv[2], usage);
  int64_t step_ns = second_ns / bench_number(argv[3], usage);
  prctl(PR_SET_PDEATHSIG, SIGKILL); /* the receiver, which is our parent, may have stopped us */
  int64_t due_ns = bench_now_ns();
  long sent = 0;
  while (is_input_open()) {
    int64_t now_ns = bench_now_ns();
    if (now_ns - due_ns > second_ns / 10)
      due_ns = now_ns;
    for (; due_ns <= now_ns; due_ns += step_ns, sent++)
      if (kill(receiver, signal) != 0)
        bench_fail("kill");
  }
  printf("sent %ld\n", sent);
  return 0;
}
