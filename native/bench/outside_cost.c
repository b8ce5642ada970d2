/*
 * The time of interrupted-thread: what a signal from another process takes from the thread that it
 * interrupts:
 *
 *   outside_cost WARM_UP MEASURED
 *
 * The main thread spins and reads the clock of its own processor time. The gap that a signal leaves there is
 * what it took, from the interrupt to the return from the handler. Other threads that run meanwhile are not
 * in it. A child sends three signals in turn, one at a time, so that each contender finds the machine in the
 * same state:
 *
 *   c-write-64   a bare handler that writes 64 bytes to a pipe
 *   not-looking  Heliograph's handler
 *   looking      Heliograph's handler, which reads the sender's stat and cmdline
 *
 * The readers of the pipes sleep between signals.
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"
#include "heliograph.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static const char usage[] = "outside_cost WARM_UP MEASURED";

enum { CONTENDERS = 3, BARE = 0, LOOKING = 2 };
static const char *const names[CONTENDERS] = {"c-write-64", "not-looking", "looking"};
static const int signals[CONTENDERS] = {SIGUSR1, SIGUSR2, SIGURG};

/* Longer than a look at the clock takes, and shorter than the shortest handler. */
enum { LEAST_GAP_NS = 1200 };

/* Longer than a burst, whose signals share one look, and so rare that none is left out (heliograph.h). */
static const struct timespec pause_between = {.tv_nsec = 1700000};

struct exchange {
  _Atomic(long) sent;
  _Atomic(long) handled;
};

static struct exchange *exchange;
static _Atomic(long) given_out[CONTENDERS];
static _Atomic(long) looked_at[CONTENDERS];

static void send_all(pid_t receiver, long count) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (long i = 0; i < count; i++) {
    do
      nanosleep(&pause_between, NULL);
    while (atomic_load(&exchange->handled) != i);
    atomic_store(&exchange->sent, i + 1);
    if (kill(receiver, signals[i % CONTENDERS]) != 0)
      bench_fail("kill");
  }
}

static void *read_records(void *unused) {
  struct heliograph_record records[16];
  (void)unused;
  for (;;) {
    ssize_t count = heliograph_read(records, sizeof records / sizeof *records);
    for (ssize_t i = 0; i < count; i++) {
      int contender = records[i].signal == signals[LOOKING] ? LOOKING : LOOKING - 1;
      if (records[i].sender != 0)
        atomic_fetch_add(&looked_at[contender], 1);
      atomic_fetch_add(&given_out[contender], 1);
    }
  }
  return NULL;
}

static void open_all(void) {
  if (heliograph_open(0) != 0)
    bench_wrong("heliograph_open has failed");
  for (int i = BARE + 1; i < CONTENDERS; i++)
    if (heliograph_catch(signals[i]) != 0 || heliograph_look_at_senders(signals[i], i == LOOKING) != 0)
      bench_wrong("%s: the signal is not caught", names[i]);
  for (int i = 0; i < CONTENDERS; i++)
    self_pipe_mask(SIG_BLOCK, signals[i]);
  self_pipe_open(signals[BARE], 0);
  self_pipe_thread(read_records);
  for (int i = 0; i < CONTENDERS; i++)
    self_pipe_mask(SIG_UNBLOCK, signals[i]);
}

static int64_t processor_time_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Lets the child send the signal of that number, and returns the gap that it leaves: the first that ends
 * after it was sent. The clock is read before, or a signal would be missed that interrupts the step from one
 * to the other. */
static int64_t await_gap(long number) {
  int64_t since_ns = bench_now_ns();
  int64_t last_ns = processor_time_ns();
  atomic_store(&exchange->handled, number - 1);
  for (;;) {
    int64_t now_ns = processor_time_ns();
    bool is_sent = atomic_load(&exchange->sent) == number;
    if (is_sent && now_ns - last_ns > LEAST_GAP_NS)
      return now_ns - last_ns;
    bench_give_up(since_ns, "a signal");
    last_ns = now_ns;
  }
}

static long taken(int contender) {
  return contender == BARE ? self_pipe_taken() : atomic_load(&given_out[contender]);
}

static void measure(long warm_up, long measured, int64_t *nanos[CONTENDERS]) {
  for (long i = 0; i < (warm_up + measured) * CONTENDERS; i++) {
    int contender = (int)(i % CONTENDERS);
    long turn = i / CONTENDERS;
    int64_t gap_ns = await_gap(i + 1);
    if (turn >= warm_up)
      nanos[contender][turn - warm_up] = gap_ns;
    for (int64_t since_ns = bench_now_ns(); taken(contender) != turn + 1;)
      bench_give_up(since_ns, "the reader of a pipe");
  }
}

int main(int argc, char **argv) {
  if (argc != 3)
    bench_usage(usage);
  long warm_up = bench_number(argv[1], usage);
  long measured = bench_number(argv[2], usage);
  int64_t *nanos[CONTENDERS];
  for (int i = 0; i < CONTENDERS; i++)
    nanos[i] = bench_samples(measured);
  exchange = mmap(NULL, sizeof *exchange, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (exchange == MAP_FAILED)
    bench_fail("mmap");
  atomic_store(&exchange->handled, -1); /* none may be sent yet */
  pid_t receiver = getpid();
  open_all();
  pid_t sender = fork();
  if (sender < 0)
    bench_fail("fork");
  if (sender == 0) {
    send_all(receiver, (warm_up + measured) * CONTENDERS);
    _exit(0);
  }
  measure(warm_up, measured, nanos);
  for (int i = 0; i < CONTENDERS; i++) {
    long looks = atomic_load(&looked_at[i]);
    if (looks != (i == LOOKING ? warm_up + measured : 0))
      bench_wrong("%s: %ld signals, and the handler looked at %ld senders", names[i], warm_up + measured,
                  looks);
    char check[100];
    snprintf(check, sizeof check, "%ld sent, %ld handled, %ld senders looked at", warm_up + measured,
             taken(i), looks);
    bench_print("interrupted-thread", names[i], nanos[i], measured, check);
  }
  return 0;
}
