/*
 * Signals another process, one signal at a time: the next is sent when the last has been acknowledged, so
 * that none coalesces. The times go into the file of outside.h, which the other process maps, too.
 *
 *   outside_send FILE PID USR1|USR2 GAP_MICROSECONDS SPACED [TID]
 *
 * After each of the first SPACED it sleeps, at least for the gap after it has seen the acknowledgement:
 * signals that come back to back find the other process awake, and then its wake-up, which is most of the
 * way, is not measured. It sleeps rather than spins, for a spinning sender would have a processor to itself
 * that the two hops of the other could use. The others are sent as soon as the one before is acknowledged:
 * they are not for their times.
 *
 * With a TID, a thread of the other process, it gives that a short scheduler slice for the first 200 signals,
 * the usual one for the next 200, and so on.
 */
#include "bench/bench.h"
#include "bench/outside.h"
#include "signal/slice.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

/* Nothing that is expected to take time: it tells a signal that never comes from one that is late. */
static const int64_t MOST_NANOS = INT64_C(10) * 1000000000;

/* Spinning costs the other process nothing where it has a processor of its own; where not, it is to get ours.
 */
enum { SPINS = 10000 };

static const char usage[] = "outside_send FILE PID USR1|USR2 GAP_MICROSECONDS SPACED [TID]";

/* SLICE_BLOCK as in SliceCell of jmh/; the other is what slice.c asks for. */
enum { SLICE_BLOCK = 200, SHORT_SLICE_NS = 100000 };

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

/* Fails where the kernel ignores the slice, as before Linux 6.12. */
static void set_slice(pid_t thread, bool is_short) {
  uint64_t attributes[6]; /* struct sched_attr, whose sched_runtime is the slice */
  errno = -heliograph_slice_of_thread(thread, is_short);
  if (errno != 0 || syscall(SYS_sched_getattr, thread, attributes, sizeof attributes, 0) != 0)
    bench_fail("the slice of a thread");
  if ((attributes[3] == SHORT_SLICE_NS) != is_short)
    bench_wrong("thread %d has a slice of %llu ns: is the kernel older than Linux 6.12?", (int)thread,
                (unsigned long long)attributes[3]);
}

int main(int argc, char **argv) {
  if (argc < 6) {
    fprintf(stderr, "usage: %s\n", usage);
    return 64;
  }
  pid_t pid = (pid_t)bench_number(argv[2], usage);
  int signal = outside_signal(argv[3], usage);
  struct timespec gap = {.tv_nsec = bench_number(argv[4], usage) % 1000000 * 1000};
  int64_t spaced = bench_number(argv[5], usage);
  pid_t sliced = argc > 6 ? (pid_t)bench_number(argv[6], usage) : 0;
  struct outside outside = outside_map(argv[1]);
  prctl(PR_SET_TIMERSLACK, 1L, 0, 0, 0);
  for (int64_t i = 0; i < outside.capacity; i++) {
    if (sliced != 0 && i % SLICE_BLOCK == 0)
      set_slice(sliced, i / SLICE_BLOCK % 2 == 0);
    outside.sent_at[i] = bench_now_ns();
    if (kill(pid, signal) != 0)
      bench_fail("kill");
    if (i < spaced || !is_handled_soon(&outside, i + 1))
      await_handled(&outside, i + 1, &gap);
  }
  printf("sent %lld\n", (long long)outside.capacity);
  return 0;
}
