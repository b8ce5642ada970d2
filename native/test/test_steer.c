/* Steering: a signal goes to the reader's thread, for all others block it. */
#include "heliograph_shutdown.h"
#include "steered.h"
#include "test.h"

#include <sched.h>
#include <unistd.h>

#define THREADS 5

CASE_NOT_UNDER_TSAN(off_at_first_the_first_thread_is_interrupted) {
  struct reader reader = {0};
  open_and_catch(0, SIGUSR1);
  start_reading(&reader, 10);
  send_and_await(SIGUSR1, 10);
  join_reader(&reader);
  check_arrived(SIGUSR1, 10, 10);
  CHECK_EQ(heliograph_steered(), 0);
}

static void no_arrival_is_elsewhere(int signal) {
  struct reader reader = {0};
  struct idler idlers[THREADS];
  struct idler late;
  for (int i = 0; i < THREADS; i++)
    start_idler(&idlers[i], 0);
  open_and_catch(0, signal);
  start_reading(&reader, LOOPS(2000));
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_steered(signal));
  for (int i = 0; i < THREADS; i++)
    CHECK(blocks(&idlers[i], signal));
  CHECK(is_blocked_here(signal));
  CHECK(!proc_says(atomic_load(&reader.tid), "SigBlk", signal));
  start_idler(&late, 0);
  CHECK(blocks(&late, signal));
  send_and_await(signal, LOOPS(2000));
  join_reader(&reader);
  check_arrived(signal, LOOPS(2000), 0);
  for (int i = 0; i < THREADS; i++)
    end_idler(&idlers[i]);
  end_idler(&late);
}

CASE_NOT_UNDER_TSAN(every_arrival_is_the_readers) {
  no_arrival_is_elsewhere(SIGUSR1);
}

CASE_NOT_UNDER_TSAN(a_real_time_signal_too) {
  no_arrival_is_elsewhere(SIGRTMIN + 3);
}

CASE_NOT_UNDER_TSAN(what_is_caught_later_is_steered_too) {
  struct reader reader = {0};
  struct idler idler;
  start_idler(&idler, 0);
  CHECK_OK(heliograph_open(0));
  start_reading(&reader, 1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(!blocks(&idler, SIGUSR1));
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK(blocks(&idler, SIGUSR1));
  CHECK_OK(heliograph_ignore(SIGUSR1)); /* nobody is to see it: there is nothing to steer */
  CHECK(!blocks(&idler, SIGUSR1));
  CHECK_OK(heliograph_catch(SIGUSR1));
  CHECK(blocks(&idler, SIGUSR1));
  send_and_await(SIGUSR1, 1);
  join_reader(&reader);
  check_arrived(SIGUSR1, 1, 0);
  end_idler(&idler);
}

CASE_NOT_UNDER_TSAN(a_reader_that_begins_later_takes_what_waited) {
  struct reader reader = {0};
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK_EQ(kill(getpid(), SIGUSR1), 0);
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 0);
  start_reader(&reader, 1); /* in a thread that inherits the block */
  join_reader(&reader);
  check_arrived(SIGUSR1, 1, 0);
}

/* Where both signals that visits could be made with are somebody's. */
CASE_NOT_UNDER_TSAN(without_visits_each_thread_is_interrupted_once) {
  struct reader reader = {0};
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_set_steering(1));
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  CHECK_OK(heliograph_catch(SIGUSR1));
  start_reading(&reader, 100);
  CHECK(!is_blocked_here(SIGUSR1));
  send_and_await(SIGUSR1, 100);
  join_reader(&reader);
  check_arrived(SIGUSR1, 100, 1);
  CHECK(is_blocked_here(SIGUSR1));
  CHECK(action_of(SIGURG).sa_handler == do_nothing);
  CHECK(action_of(SIGWINCH).sa_handler == do_nothing);
}

CASE_NOT_UNDER_TSAN(visits_are_made_with_a_signal_that_nobody_has) {
  set_handler(SIGURG, do_nothing);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_blocked_here(SIGUSR1));
  CHECK(action_of(SIGURG).sa_handler == do_nothing);
  CHECK(action_of(SIGWINCH).sa_handler == SIG_DFL);
}

CASE_NOT_UNDER_TSAN(a_default_is_due_as_without_steering) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_blocked_here(SIGTERM)); /* but not by whoever caught it */
  for (int round = 0; round < 2; round++) {
    CHECK_OK(heliograph_observe(SIGTERM));
    CHECK_EQ(kill(getpid(), SIGTERM), 0);
    CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
    CHECK_OK(heliograph_restore(SIGTERM));
  }
}

static const int never_steered[] = {SIGQUIT, SIGPROF, SIGVTALRM, SIGPIPE, SIGXFSZ,
                                    SIGTTIN, SIGTTOU, SIGTSTP,   SIGUSR2};

CASE(some_are_not_steered) {
  CHECK_OK(heliograph_set_private(SIGUSR2));
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_set_steering(1));
  for (size_t i = 0; i < sizeof never_steered / sizeof *never_steered; i++) {
    CHECK_OK(heliograph_catch(never_steered[i]));
    CHECK(!is_blocked_here(never_steered[i]));
  }
  CHECK_EQ(heliograph_steered(), 0);
}

CASE_NOT_UNDER_TSAN(what_is_sent_to_one_thread_is_not_swallowed) {
  struct reader reader = {0};
  struct idler idler;
  struct idler other;
  start_idler(&idler, 0);
  start_idler(&other, 0);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_catch(SIGRTMIN + 3));
  start_reading(&reader, 2);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(blocks(&idler, SIGUSR1));
  CHECK_EQ(pthread_kill(idler.thread, SIGUSR1), 0);
  while (ledger_of(SIGUSR1).arrived == 0 || blocks(&other, SIGUSR1))
    sched_yield();
  check_arrived(SIGUSR1, 1, 1);
  CHECK(is_to_threads(SIGUSR1));
  CHECK(!is_steered(SIGUSR1));
  CHECK(is_steered(SIGRTMIN + 3));
  CHECK(blocks(&idler, SIGRTMIN + 3));
  send_and_await(SIGRTMIN + 3, 1);
  join_reader(&reader);
  end_idler(&idler);
  end_idler(&other);
}

CASE_NOT_UNDER_TSAN(nor_where_it_came_before_the_block) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_set_steering(1));
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  CHECK_OK(heliograph_catch(SIGUSR1));
  CHECK_EQ(pthread_kill(pthread_self(), SIGUSR1), 0);
  check_arrived(SIGUSR1, 1, 1);
  CHECK(is_to_threads(SIGUSR1));
  CHECK(!is_steered(SIGUSR1));
  set_handler(SIGURG, SIG_DFL);
  CHECK_OK(heliograph_set_steering(0));
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_steered(SIGUSR1)); /* it is tried anew */
}

CASE_NOT_UNDER_TSAN(our_own_raise_is_steered_as_well) {
  struct reader reader = {0};
  open_and_catch(0, SIGUSR1);
  start_reading(&reader, 2);
  CHECK_OK(heliograph_set_steering(1));
  CHECK_OK(heliograph_raise(SIGUSR1));
  while (ledger_of(SIGUSR1).arrived < 1)
    sched_yield();
  check_arrived(SIGUSR1, 1, 0);
  unblock(SIGUSR1); /* as in a thread that the visits have missed */
  CHECK_OK(heliograph_raise(SIGUSR1));
  join_reader(&reader);
  check_arrived(SIGUSR1, 2, 1);
  CHECK(is_steered(SIGUSR1));
}

static _Atomic(pid_t) named;

/* The kernel then counts no signal that waits. */
CASE_NOT_UNDER_TSAN(nor_where_none_may_be_queued) {
  struct reader reader = {0};
  struct idler idler;
  start_idler(&idler, 0);
  open_and_catch(0, SIGUSR1);
  start_reading(&reader, 1);
  CHECK_OK(heliograph_set_steering(1));
  limit_the_queue(0);
  CHECK_EQ(pthread_kill(idler.thread, SIGUSR1), 0);
  join_reader(&reader);
  CHECK(is_to_threads(SIGUSR1));
  end_idler(&idler);
}

static void *be_named(void *end) {
  atomic_store(&named, thread_id());
  CHECK_EQ(pthread_setname_np(pthread_self(), "heliograph-helm"), 0);
  CHECK_EQ(sem_post((sem_t *)end), 0);
  CHECK_EQ(sem_wait((sem_t *)end + 1), 0);
  return NULL;
}

/* A copy of the library is known by its thread. */
CASE(where_another_copy_steers_this_one_refuses_to) {
  sem_t ends[2];
  pthread_t other;
  CHECK_EQ(sem_init(&ends[0], 0, 0), 0);
  CHECK_EQ(sem_init(&ends[1], 0, 0), 0);
  CHECK_EQ(pthread_create(&other, NULL, be_named, ends), 0);
  CHECK_EQ(sem_wait(&ends[0]), 0);
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(heliograph_set_steering(1), -EBUSY);
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK_EQ(sem_post(&ends[1]), 0);
  CHECK_EQ(pthread_join(other, NULL), 0);
  await_gone(atomic_load(&named));
  CHECK_OK(heliograph_set_steering(1));
}

CASE(where_nobody_can_be_visited_it_refuses) {
  open_and_catch(0, SIGUSR1);
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  CHECK_EQ(heliograph_set_steering(1), -ENOTSUP);
  CHECK_EQ(heliograph_steered(), 0);
  set_handler(SIGWINCH, SIG_IGN);
  CHECK_OK(heliograph_set_steering(1));
}

CASE_NOT_UNDER_TSAN(an_ignored_signal_visits_and_is_ignored_again) {
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, SIG_IGN);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_blocked_here(SIGUSR1));
  CHECK(action_of(SIGWINCH).sa_handler == SIG_IGN);
}

CASE_NOT_UNDER_TSAN(a_shutdown_takes_a_signal_from_steering_and_gives_it_back) {
  struct idler idler;
  start_idler(&idler, 0);
  CHECK_OK(heliograph_shutdown_on(SIGTERM, 0, 0));
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(!is_steered(SIGTERM));
  CHECK_OK(heliograph_shutdown_off(SIGTERM));
  CHECK(is_steered(SIGTERM));
  CHECK(blocks(&idler, SIGTERM));
  CHECK_OK(heliograph_shutdown_on(SIGTERM, 0, 0));
  CHECK(!is_steered(SIGTERM));
  CHECK(!blocks(&idler, SIGTERM));
  end_idler(&idler);
}
