/* Catching, restoring and closing while signals arrive: each arrival is ours or meets what was there before.
 */
#include "test/support.h"
#include "test/test.h"

#include <sched.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define RAISERS 3

static _Atomic(uint64_t) base_calls;
static atomic_bool stop;
static _Atomic(uint64_t) raised[RAISERS];

static void count_call(int signal) {
  (void)signal;
  atomic_fetch_add(&base_calls, 1);
}

static void *raise_until_stopped(void *argument) {
  _Atomic(uint64_t) *count = argument;
  while (!atomic_load(&stop)) {
    raise(SIGUSR1);
    if (atomic_fetch_add(count, 1) % 200 == 0)
      sched_yield(); /* with more threads than processors, the thread that opens and closes gets its turn */
  }
  return NULL;
}

static uint64_t all_raised(void) {
  uint64_t sum = 0;
  for (int i = 0; i < RAISERS; i++)
    sum += atomic_load(&raised[i]);
  return sum;
}

static void await_more(uint64_t more) {
  for (uint64_t start = all_raised(); all_raised() < start + more;)
    sched_yield();
}

static void start_raisers(pthread_t *threads) {
  set_handler(SIGUSR1, count_call);
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, raise_until_stopped, &raised[i]), 0);
}

static void stop_raisers(const pthread_t *threads) {
  atomic_store(&stop, true);
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

/* More than one each: then one of them at least was sent, and handled, after this was called. */
static void await_a_whole_one(void) {
  await_more(RAISERS + 1);
}

/* One life of an instance; how many signals it took. */
static uint64_t open_catch_restore_close(int round) {
  struct tally tally = {0};
  open_and_catch(round % 2 == 0 ? 4096 : 0, SIGUSR1);
  if (round == 0)
    await_a_whole_one(); /* which is ours */
  await_more((uint64_t)(round % 3));
  CHECK_EQ(heliograph_restore(SIGUSR1), 0);
  /* What arrived is settled now, though the raisers go on. */
  uint64_t arrived = ledger_of(SIGUSR1).arrived;
  drain_into(&tally);
  check_ledger(SIGUSR1, arrived, &tally);
  CHECK_EQ(heliograph_close(), 0);
  return arrived;
}

CASE(no_signal_is_lost_between_catching_and_closing) {
  pthread_t threads[RAISERS];
  uint64_t taken = 0;
  int before = open_descriptors();
  start_raisers(threads);
  await_a_whole_one(); /* which meets what was there before */
  for (int round = 0; round < LOOPS(2000); round++)
    taken += open_catch_restore_close(round);
  stop_raisers(threads);
  CHECK_EQ(all_raised(), taken + atomic_load(&base_calls));
  CHECK(taken > 0);
  CHECK(atomic_load(&base_calls) > 0);
  CHECK_EQ(open_descriptors(), before);
}

/* The next files that are opened get the pipe's numbers: a late handler would write into them. */
static void check_nobody_writes_into_the_next_files(void) {
  int files[4];
  struct stat about;
  for (int i = 0; i < 4; i++)
    CHECK((files[i] = (int)syscall(SYS_memfd_create, "next", 0)) >= 0);
  await_more(3);
  for (int i = 0; i < 4; i++) {
    CHECK_EQ(fstat(files[i], &about), 0);
    CHECK_EQ(about.st_size, 0);
    CHECK_EQ(close(files[i]), 0);
  }
}

CASE(no_handler_writes_to_a_descriptor_that_is_closed) {
  pthread_t threads[RAISERS];
  int before = open_descriptors();
  start_raisers(threads);
  for (int round = 0; round < LOOPS(4000); round++) {
    open_and_catch(0, SIGUSR1);
    await_more((uint64_t)(round % 3));
    CHECK_EQ(heliograph_close(), 0);
    check_nobody_writes_into_the_next_files();
  }
  stop_raisers(threads);
  CHECK_EQ(open_descriptors(), before);
}

CASE(no_signal_is_lost_while_the_disposition_changes) {
  pthread_t threads[RAISERS];
  struct tally tally = {0};
  uint64_t before;
  CHECK_OK(heliograph_open(0));
  start_raisers(threads);
  for (int round = 0; round < LOOPS(2000); round++) {
    CHECK_OK(heliograph_catch(SIGUSR1));
    await_more((uint64_t)(round % 3));
    CHECK_OK(heliograph_restore(SIGUSR1));
    before = ledger_of(SIGUSR1).arrived;
    drain_into(&tally);
    CHECK_EQ(ledger_of(SIGUSR1).arrived, before); /* restored is restored: no late arrival is recorded */
  }
  stop_raisers(threads);
  check_ledger(SIGUSR1, before, &tally);
  CHECK_EQ(all_raised(), before + atomic_load(&base_calls));
}

/*
 * As in Go's TestAtomicStop: SIGINT, whose default is to end the process, arrives while the disposition goes
 * back to that default. Either the record is in the pipe or the process dies by SIGINT; else a Ctrl-C was
 * swallowed.
 */
static int (*take)(int);
static int (*let_go)(int);
static int round_of_race;
static atomic_int at_the_start;

static void spin(int turns) {
  for (volatile int i = 0; i < turns; i++)
    continue;
}

static void start_together(void) {
  atomic_fetch_add(&at_the_start, 1);
  while (atomic_load(&at_the_start) < 2)
    continue;
}

static void *interrupt(void *unused) {
  start_together();
  spin(round_of_race % 40 * 25);
  CHECK_EQ(kill(getpid(), SIGINT), 0);
  return unused;
}

static void race(void) {
  pthread_t thread;
  struct tally tally = {0};
  CHECK_OK(heliograph_open(4096));
  CHECK_OK(take(SIGINT));
  CHECK_EQ(pthread_create(&thread, NULL, interrupt, NULL), 0);
  start_together();
  spin(round_of_race % 7 * 100);
  CHECK_EQ(let_go(SIGINT), 0);
  CHECK_EQ(pthread_join(thread, NULL), 0);
  sched_yield(); /* on the way back from any system call, what is pending here is delivered */
  drain_into(&tally);
  check_ledger(SIGINT, 1, &tally);
  CHECK_EQ(tally.details[SIGINT], 1);
}

static void run_races(int (*first)(int), int (*then)(int)) {
  int died = 0;
  int recorded = 0;
  take = first;
  let_go = then;
  for (round_of_race = 0; round_of_race < LOOPS(800); round_of_race++) {
    int status = status_of(start_child(race));
    if (WIFSIGNALED(status)) {
      CHECK_EQ(WTERMSIG(status), SIGINT);
      died++;
    } else {
      CHECK(WIFEXITED(status));
      CHECK_EQ(WEXITSTATUS(status), 0);
      recorded++;
    }
  }
  printf("%d died, %d recorded\n", died, recorded);
}

CASE_NOT_UNDER_TSAN(an_interrupt_during_a_restore_is_recorded_or_deadly) {
  run_races(heliograph_catch, heliograph_restore);
}

CASE_NOT_UNDER_TSAN(an_observed_interrupt_during_a_restore_is_recorded_or_deadly) {
  run_races(heliograph_observe, heliograph_restore);
}

CASE_NOT_UNDER_TSAN(an_interrupt_during_a_change_to_the_default_is_recorded_or_deadly) {
  run_races(heliograph_catch, heliograph_default);
}

static int catch_again(int signal) {
  CHECK_OK(heliograph_restore(signal));
  return heliograph_catch(signal);
}

CASE_NOT_UNDER_TSAN(an_interrupt_while_it_is_restored_and_caught_again_is_recorded_or_deadly) {
  run_races(heliograph_catch, catch_again);
}
