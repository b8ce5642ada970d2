/*
 * Signals another process, one signal at a time: the next is sent when the last has been acknowledged, so
 * that none coalesces. The times go into the file of outside.h, which the other process maps, too.
 *
 *   outside_send FILE PID USR1|USR2|none GAP_MICROSECONDS SPACED
 *
 * After each of the first SPACED it sleeps, at least for the gap after it has seen the acknowledgement:
 * signals that come back to back find the other process awake, and then its wake-up, which is most of the
 * way, is not measured. It sleeps rather than spins, for a spinning sender would have a processor to itself
 * that the two hops of the other could use. The others are sent as soon as the one before is acknowledged:
 * they are not for their times.
 *
 * "none" sends no signal: the other process looks at the count of what was sent. What is left is the exchange
 * itself.
 */
#include "bench/bench.h"
#include "bench/outside.h"

#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <time.h>

/* Nothing that is expected to take time: it tells a signal that never comes from one that is late. */
static const int64_t MOST_NANOS = INT64_C(10) * 1000000000;

/* Spinning costs the other process nothing where it has a processor of its own; where not, it is to get ours.
 */
enum { SPINS = 10000 };

static const char usage[] = "outside_send FILE PID USR1|USR2|none GAP_MICROSECONDS SPACED";

static bool is_handled_soon(const struct outside *outside, int64_t count) {
  for (int i = 0; i < SPINS; i++) {
    if (atomic_load_explicit(outside->handled, memory_order_acquire) == count)
      return true;
    bench_relax();
  }
  return false;
}

static void await_handled(const struct outside *outside, int64_t count, const struct timespec *gap) {
  int64_t deadline = bench_now_ns() + MOST_NANOS;
  for (;;) {
    /* Not "at least": whoever acknowledges by write(2) may be seen half-way, and one too many is to be found
     * out. */
    int64_t handled = atomic_load_explicit(outside->handled, memory_order_acquire);
    nanosleep(gap, NULL);
    if (handled == count)
      return;
    if (bench_now_ns() > deadline)
      bench_wrong("signal %lld was sent, and %lld were acknowledged", (long long)count, (long long)handled);
  }
}

int main(int argc, char **argv) {
  if (argc != 6) {
    fprintf(stderr, "usage: %s\n", usage);
    return 64;
  }
  pid_t pid = (pid_t)bench_number(argv[2], usage);
  int signal = outside_signal(argv[3], usage);
  struct timespec gap = {.tv_nsec = bench_number(argv[4], usage) % 1000000 * 1000};
  int64_t spaced = bench_number(argv[5], usage);
  struct outside outside = outside_map(argv[1]);
  prctl(PR_SET_TIMERSLACK, 1L, 0, 0, 0);
  for (int64_t i = 0; i < outside.capacity; i++) {
    outside.sent_at[i] = bench_now_ns();
    atomic_store_explicit(outside.sent, i + 1, memory_order_release);
    if (signal != 0 && kill(pid, signal) != 0)
      bench_fail("kill");
    if (i < spaced || !is_handled_soon(&outside, i + 1))
      await_handled(&outside, i + 1, &gap);
  }
  printf("sent %lld\n", (long long)outside.capacity);
  return 0;
}
