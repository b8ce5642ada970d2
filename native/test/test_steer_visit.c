/* Visits: who is waited for, who is not, and what becomes of a block that could not be lifted. */
#include "../src/clock.h"
#include "steered.h"
#include "test.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MILLISECOND_NS INT64_C(1000000)

/* A thread that no signal reaches for a while, since its child of vfork(2) waits at a pipe. */
struct stuck {
  pthread_t thread;
  _Atomic(pid_t) tid;
  bool is_deaf; /* it blocks all signals for that time */
  int pipe[2];
  sem_t begin;
  sem_t end;
};

static void await(sem_t *semaphore) {
  while (sem_wait(semaphore) != 0)
    CHECK_EQ(errno, EINTR);
}

static void *be_stuck(void *argument) {
  struct stuck *stuck = argument;
  sigset_t mask;
  sigset_t before;
  atomic_store(&stuck->tid, thread_id());
  await(&stuck->begin);
  sigemptyset(&mask);
  if (stuck->is_deaf)
    sigfillset(&mask);
  CHECK_EQ(pthread_sigmask(SIG_BLOCK, &mask, &before), 0);
  pid_t child = vfork();
  if (child == 0) {
    char byte;
    _exit(read(stuck->pipe[0], &byte, 1) != 1);
  }
  if (stuck->is_deaf)
    CHECK_EQ(pthread_sigmask(SIG_SETMASK, &before, NULL), 0);
  CHECK_EQ(status_of(child), 0);
  await(&stuck->end);
  return NULL;
}

static void start_stuck(struct stuck *stuck) {
  CHECK_EQ(pipe(stuck->pipe), 0);
  CHECK_EQ(sem_init(&stuck->begin, 0, 0), 0);
  CHECK_EQ(sem_init(&stuck->end, 0, 0), 0);
  CHECK_EQ(pthread_create(&stuck->thread, NULL, be_stuck, stuck), 0);
  while (atomic_load(&stuck->tid) == 0)
    sched_yield();
}

/* Not as one that waits for a signal, say: the letter is D. */
static bool is_in_vfork(const struct stuck *stuck) {
  char path[64];
  char line[256] = "";
  bool is = false;
  (void)snprintf(path, sizeof path, "/proc/self/task/%d/status", (int)atomic_load(&stuck->tid));
  FILE *file = fopen(path, "re");
  CHECK(file != NULL);
  while (fgets(line, sizeof line, file) != NULL)
    is = is || strncmp(line, "State:\tD", 8) == 0;
  CHECK_EQ(fclose(file), 0);
  return is;
}

static void stick(struct stuck *stuck) {
  CHECK_EQ(sem_post(&stuck->begin), 0);
  while (!is_in_vfork(stuck))
    sched_yield();
}

static void let_go(struct stuck *stuck) {
  CHECK_EQ(write(stuck->pipe[1], "", 1), 1);
}

static void end_stuck(struct stuck *stuck) {
  CHECK_EQ(sem_post(&stuck->end), 0);
  CHECK_EQ(pthread_join(stuck->thread, NULL), 0);
}

static bool stuck_blocks(const struct stuck *stuck, int signal) {
  return proc_says(atomic_load(&stuck->tid), "SigBlk", signal);
}

/* Lets it go when the visit has stood at its door for longer than at one that blocks signals for good. */
static void *let_go_later(void *argument) {
  struct stuck *stuck = argument;
  while (!proc_says(atomic_load(&stuck->tid), "SigPnd", SIGURG))
    sched_yield();
  int64_t begun = heliograph_now_ns();
  while (heliograph_now_ns() < begun + 50 * MILLISECOND_NS)
    sched_yield();
  let_go(stuck);
  return NULL;
}

CASE_NOT_UNDER_TSAN(one_that_is_deaf_for_a_moment_is_waited_for) {
  struct stuck stuck = {.is_deaf = true};
  pthread_t helper;
  start_stuck(&stuck);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(stuck_blocks(&stuck, SIGUSR1));
  stick(&stuck);
  CHECK_EQ(pthread_create(&helper, NULL, let_go_later, &stuck), 0);
  CHECK_OK(heliograph_restore(SIGUSR1));
  CHECK(!stuck_blocks(&stuck, SIGUSR1));
  CHECK_EQ(pthread_join(helper, NULL), 0);
  end_stuck(&stuck);
}

CASE_NOT_UNDER_TSAN(what_was_not_lifted_in_time_is_by_a_later_visit) {
  struct stuck stuck = {.is_deaf = false};
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  start_stuck(&stuck); /* it inherits the block, without a mark */
  CHECK(stuck_blocks(&stuck, SIGUSR1));
  stick(&stuck);
  CHECK_OK(heliograph_restore(SIGUSR1)); /* after a second for it, and one more */
  CHECK(stuck_blocks(&stuck, SIGUSR1));
  let_go(&stuck);
  CHECK_OK(heliograph_catch(SIGALRM));
  CHECK(!stuck_blocks(&stuck, SIGUSR1));
  CHECK(stuck_blocks(&stuck, SIGALRM));
  end_stuck(&stuck);
}

/* The watch does it, once one of the signals to visit with is free. */
CASE_NOT_UNDER_TSAN(what_is_sent_to_one_thread_arrives_once_there_can_be_visits) {
  struct reader reader = {0};
  struct idler idler;
  start_idler(&idler, 0);
  open_and_catch(0, SIGUSR1);
  start_reading(&reader, 1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(blocks(&idler, SIGUSR1));
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  CHECK_EQ(pthread_kill(idler.thread, SIGUSR1), 0);
  while (!is_to_threads(SIGUSR1))
    sched_yield();
  CHECK(blocks(&idler, SIGUSR1));
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 0);
  set_handler(SIGURG, SIG_DFL);
  join_reader(&reader);
  while (ledger_of(SIGUSR1).elsewhere == 0)
    sched_yield();
  end_idler(&idler);
}

static void *switch_on_and_off(void *unused) {
  CHECK_OK(heliograph_set_steering(1));
  for (int round = 0; round < 100; round++) {
    CHECK_OK(heliograph_restore(SIGUSR1));
    CHECK_OK(heliograph_catch(SIGUSR1));
  }
  CHECK_OK(heliograph_close());
  exit(0);
  return unused;
}

static void end_the_first_thread(void) {
  pthread_t thread;
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, switch_on_and_off, NULL), 0);
  pthread_exit(NULL);
}

/* It stays in the list as a zombie. Two hundred visits that each wait a second for it are over the test's
 * limit. */
CASE_NOT_UNDER_SANITIZERS(a_first_thread_that_has_ended_is_not_waited_for) {
  check_exits_with_0(start_child(end_the_first_thread));
}

static atomic_bool ends;

static void *start_the_next(void *unused) {
  pthread_t next;
  if (!atomic_load(&ends)) {
    CHECK_EQ(pthread_create(&next, NULL, start_the_next, NULL), 0);
    CHECK_EQ(pthread_detach(next), 0);
  }
  return unused;
}

static void chains_of_threads(void) {
  pthread_t first;
  open_and_catch(0, SIGUSR1);
  for (int i = 0; i < 4; i++) {
    CHECK_EQ(pthread_create(&first, NULL, start_the_next, NULL), 0);
    CHECK_EQ(pthread_detach(first), 0);
  }
  for (int round = 0; round < 20; round++) {
    CHECK_OK(heliograph_set_steering(1));
    CHECK_OK(heliograph_set_steering(0));
  }
  atomic_store(&ends, true);
}

/* There is always one that has not been seen yet. Forty visits of five seconds, their longest, are over the
 * test's limit. */
CASE_NOT_UNDER_SANITIZERS(threads_that_come_and_go_do_not_hold_a_visit_up) {
  check_exits_with_0(start_child(chains_of_threads));
}
