/*
 * What a signal from outside costs in plain C, by as many hops as a JVM needs. Says "ready PID" when it can
 * be signalled; at the end of standard input it says "handled N" and ends.
 *
 *   outside_receive FILE USR1|USR2 two-hops|two-hops-slice|two-hops-spinning
 *
 * two-hops: it is not blocked in the main thread, whose handler writes to the pipe; then the reader wakes up.
 *
 * two-hops-slice: the same, and the reader has a short scheduler slice, as Heliograph's dispatcher has.
 *
 * two-hops-spinning: two-hops, with a reader that polls.
 *
 * Handler and reader are those of self_pipe.h.
 */
#include "bench/bench.h"
#include "bench/outside.h"
#include "bench/self_pipe.h"
#include "signal/slice.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "outside_receive FILE USR1|USR2 two-hops|two-hops-slice|two-hops-spinning";

static struct outside outside;

static void note(void) {
  outside_note(&outside, bench_now_ns());
}

/* The first signal is not for its time. */
static void note_with_short_slice(void) {
  static bool is_short;
  errno = is_short ? 0 : -heliograph_slice_of_thread(0, true);
  if (errno != 0)
    bench_fail("sched_setattr");
  is_short = true;
  note();
}

/* Blocked in the caller and so in the thread that is made; then the caller unblocks it for itself. */
static void start(const char *way, int signal) {
  int is_spinning = strcmp(way, "two-hops-spinning") == 0;
  int is_sliced = strcmp(way, "two-hops-slice") == 0;
  if (!is_spinning && !is_sliced && strcmp(way, "two-hops") != 0) {
    fprintf(stderr, "usage: %s\n", usage);
    exit(64);
  }
  self_pipe_mask(SIG_BLOCK, signal);
  self_pipe_on_record(is_sliced ? note_with_short_slice : note);
  self_pipe_open(signal, is_spinning);
  self_pipe_mask(SIG_UNBLOCK, signal);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s\n", usage);
    return 64;
  }
  outside = outside_map(argv[1]);
  start(argv[3], outside_signal(argv[2], usage));
  printf("ready %ld\n", (long)getpid());
  fflush(stdout);
  char byte;
  ssize_t bytes;
  do
    bytes = read(STDIN_FILENO, &byte, 1);
  while (bytes > 0 || (bytes < 0 && errno == EINTR));
  printf("handled %lld\n", (long long)atomic_load(outside.handled));
  return 0;
}
