/*
 * The floor of raise-to-worker: from the call that sends a signal until the sending thread, which spins, sees
 * that it was taken.
 *
 *   raise_floor CONTENDER WARM_UP MEASURED
 *
 * c-blocking: raise; the handler writes to a pipe, a thread that sleeps in read() takes it.
 *
 * c-spinning: the same, the thread polls.
 *
 * c-kill-one-hop: kill of the process; only the reading thread has the signal unblocked.
 *
 * c-kill-two-hops: kill of the process; a thread that sleeps has it unblocked, and its handler wakes the
 * reader.
 *
 * c-sigwaitinfo: kill of the process; a thread takes it by sigwaitinfo().
 */
#include "bench/bench.h"
#include "bench/self_pipe.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "raise_floor CONTENDER WARM_UP MEASURED";

static atomic_long waited_for;

static void send_to_process(void) {
  if (kill(getpid(), SIGUSR1) != 0)
    bench_fail("kill");
}

static void raise_and_await(long number) {
  self_pipe_raise(SIGUSR1);
  self_pipe_await(number);
}

static void kill_and_await(long number) {
  send_to_process();
  self_pipe_await(number);
}

static void kill_and_await_waiter(long number) {
  int64_t begun_ns = bench_now_ns();
  send_to_process();
  for (unsigned turn = 1; atomic_load(&waited_for) != number; turn++) {
    bench_relax();
    if (turn % (1U << 20) == 0)
      bench_give_up(begun_ns, "sigwaitinfo");
  }
}

static void *wait_for_signals(void *unused) {
  (void)unused;
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  for (;;) {
    siginfo_t info;
    if (sigwaitinfo(&set, &info) == SIGUSR1)
      atomic_fetch_add(&waited_for, 1);
    else if (errno != EINTR)
      bench_fail("sigwaitinfo");
  }
}

static void *sleep_unblocked(void *unused) {
  (void)unused;
  self_pipe_mask(SIG_UNBLOCK, SIGUSR1);
  for (;;)
    if (pause() != -1)
      return NULL;
}

static void prepare_one_hop(void) {
  self_pipe_mask(SIG_BLOCK, SIGUSR1);
  self_pipe_unblock_in_reader(SIGUSR1);
  self_pipe_open(SIGUSR1, 0);
}

static void prepare_two_hops(void) {
  self_pipe_mask(SIG_BLOCK, SIGUSR1);
  self_pipe_open(SIGUSR1, 0);
  self_pipe_thread(sleep_unblocked);
}

static void prepare_waiter(void) {
  self_pipe_mask(SIG_BLOCK, SIGUSR1);
  self_pipe_thread(wait_for_signals);
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
  void (*send)(long number);
} contenders[] = {
    {"c-blocking", prepare_blocking, raise_and_await},
    {"c-spinning", prepare_spinning, raise_and_await},
    {"c-kill-one-hop", prepare_one_hop, kill_and_await},
    {"c-kill-two-hops", prepare_two_hops, kill_and_await},
    {"c-sigwaitinfo", prepare_waiter, kill_and_await_waiter},
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
    contender->send(warm_up + i + 1);
    if (i >= 0)
      nanos[i] = bench_now_ns() - before_ns;
  }
  long taken = self_pipe_taken() + atomic_load(&waited_for);
  if (taken != warm_up + measured)
    bench_wrong("%s: %ld sent, %ld taken", contender->name, warm_up + measured, taken);
  char check[100];
  snprintf(check, sizeof check, "%ld sent, %ld taken", warm_up + measured, taken);
  bench_print("raise-to-worker", contender->name, nanos, measured, check);
  return 0;
}
