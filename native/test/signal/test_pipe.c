/* The pipe's two ends: full, empty, blocking or not, woken. */
#include "test/support.h"
#include "test/test.h"

#include <string.h>
#include <unistd.h>

#define SMALL_PIPE 4096
#define SMALL_PIPE_RECORDS 64
#define WAKERS 8

static void raise_times(int signal, int times) {
  for (int i = 0; i < times; i++)
    raise_surely(signal);
}

CASE(capacity_is_that_of_the_pipe) {
  CHECK_OK(heliograph_open(SMALL_PIPE));
  CHECK_EQ(heliograph_capacity(), SMALL_PIPE_RECORDS);
  CHECK_OK(heliograph_close());
  CHECK_OK(heliograph_open(0));
  CHECK(heliograph_capacity() >= SMALL_PIPE_RECORDS);
  CHECK(heliograph_capacity() <= (1 << 20) / 64);
}

CASE(as_many_arrivals_as_the_capacity_keep_their_details) {
  struct tally tally = {0};
  open_and_catch(0, SIGUSR1);
  int capacity = heliograph_capacity();
  raise_times(SIGUSR1, capacity);
  CHECK_EQ(ledger_of(SIGUSR1).lost, 0);
  raise(SIGUSR1);
  CHECK_EQ(ledger_of(SIGUSR1).lost, 1);
  drain_into(&tally);
  check_ledger(SIGUSR1, (uint64_t)capacity + 1, &tally);
}

CASE(a_full_pipe_costs_details_and_never_the_count) {
  struct heliograph_record records[200];
  struct tally tally = {0};
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, 1000);
  CHECK_EQ(ledger_of(SIGUSR1).arrived, 1000);
  size_t count = drain(records, 200);
  add_to_tally(&tally, records, (ssize_t)count);
  check_ledger(SIGUSR1, 1000, &tally);
  CHECK_EQ(tally.details[SIGUSR1], SMALL_PIPE_RECORDS);
  CHECK_EQ(tally.lost[SIGUSR1], 1000 - SMALL_PIPE_RECORDS);
  for (size_t i = 0; i < count; i++) {
    bool lost = (records[i].flags & HELIOGRAPH_LOST) != 0;
    CHECK_EQ(records[i].pid, lost ? 0 : getpid());
    CHECK_EQ(records[i].flags, lost ? HELIOGRAPH_LOST : 0);
    CHECK(records[i].arrived_ns > 0);
  }
}

/* The sequence is the order of arrival: what filled the pipe came before what did not fit any more. */
CASE(a_loss_comes_after_what_filled_the_pipe) {
  struct heliograph_record records[SMALL_PIPE_RECORDS + 2];
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, SMALL_PIPE_RECORDS + 5);
  CHECK_EQ(drain(records, SMALL_PIPE_RECORDS + 2), SMALL_PIPE_RECORDS + 1);
  for (int i = 0; i < SMALL_PIPE_RECORDS; i++)
    CHECK_EQ(records[i].flags, 0);
  CHECK_EQ(records[SMALL_PIPE_RECORDS].flags, HELIOGRAPH_LOST);
  CHECK_EQ(records[SMALL_PIPE_RECORDS].count, 5);
  CHECK_EQ(records[SMALL_PIPE_RECORDS].sequence, SMALL_PIPE_RECORDS + 1);
}

/* What the first instance still had to tell is nothing to the second, whose pipe is smaller than that
 * backlog. */
CASE(a_loss_that_was_not_told_at_closing_does_not_delay_the_next) {
  struct heliograph_record records[SMALL_PIPE_RECORDS];
  struct tally tally = {0};
  open_and_catch(16 * SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, 16 * SMALL_PIPE_RECORDS + 1);
  CHECK_OK(heliograph_read(records, SMALL_PIPE_RECORDS));
  CHECK_OK(heliograph_close());
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, SMALL_PIPE_RECORDS + 1);
  while (tally.all < SMALL_PIPE_RECORDS + 1)
    add_to_tally(&tally, records, CHECK_OK(heliograph_read(records, SMALL_PIPE_RECORDS)));
  check_ledger(SIGUSR1, SMALL_PIPE_RECORDS + 1, &tally);
}

CASE(each_signal_has_its_own_count_of_losses) {
  struct tally tally = {0};
  CHECK_OK(heliograph_open(SMALL_PIPE));
  CHECK_OK(heliograph_catch(SIGUSR1));
  CHECK_OK(heliograph_catch(SIGRTMIN + 2));
  raise_times(SIGUSR1, 40);
  raise_times(SIGRTMIN + 2, 50);
  raise_times(SIGUSR1, 7);
  drain_into(&tally);
  check_ledger(SIGUSR1, 47, &tally);
  check_ledger(SIGRTMIN + 2, 50, &tally);
  CHECK_EQ(tally.lost[SIGUSR1], 7);
  CHECK_EQ(tally.lost[SIGRTMIN + 2], 50 - (SMALL_PIPE_RECORDS - 40));
}

CASE(every_overflow_is_reported_once) {
  struct tally tally = {0};
  open_and_catch(SMALL_PIPE, SIGUSR1);
  for (uint64_t round = 1; round <= 50; round++) {
    raise_times(SIGUSR1, SMALL_PIPE_RECORDS + 3);
    drain_into(&tally);
    check_ledger(SIGUSR1, round * (SMALL_PIPE_RECORDS + 3), &tally);
    CHECK_EQ(tally.lost[SIGUSR1], round * 3);
  }
}

CASE(one_read_gives_at_most_what_was_asked_for) {
  struct heliograph_record records[12];
  uint64_t sequence = 0;
  open_and_catch(0, SIGUSR1);
  raise_times(SIGUSR1, 10);
  for (int left = 10; left > 0; left -= 3) {
    memset(records, 0, sizeof records);
    CHECK_EQ(heliograph_read(records, 3), left < 3 ? left : 3);
    for (int i = 0; i < 3 && i < left; i++)
      CHECK_EQ(records[i].sequence, ++sequence);
    CHECK_EQ(records[3].sequence, 0);
  }
}

CASE(losses_of_many_signals_come_out_through_a_narrow_read) {
  struct heliograph_record record;
  struct tally tally = {0};
  CHECK_OK(heliograph_open(SMALL_PIPE));
  for (int offset = 0; offset < 28; offset++)
    CHECK_OK(heliograph_catch(SIGRTMIN + offset));
  for (int i = 0; i < 28 * 10; i++)
    raise_surely(SIGRTMIN + i % 28);
  while (tally.all < 28 * 10)
    add_to_tally(&tally, &record, CHECK_OK(heliograph_read(&record, 1)));
  for (int offset = 0; offset < 28; offset++)
    check_ledger(SIGRTMIN + offset, 10, &tally);
}

/* In a storm something is lost before every read: each would then report that, and the pipe stay full for
 * ever. */
CASE(losses_do_not_keep_the_reader_from_the_pipe) {
  struct heliograph_record records[SMALL_PIPE_RECORDS];
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, SMALL_PIPE_RECORDS);
  for (int reads = 0; reads < 10; reads++) {
    raise(SIGUSR1);
    CHECK_OK(heliograph_read(records, SMALL_PIPE_RECORDS));
  }
  CHECK(ledger_of(SIGUSR1).dispatched > SMALL_PIPE_RECORDS);
  CHECK(ledger_of(SIGUSR1).lost < 10);
}

CASE(a_mark_at_the_end_of_an_empty_pipe_is_past) {
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_mark());
  CHECK_EQ(heliograph_is_past_mark(), 1);
}

CASE(a_mark_is_past_when_what_came_before_is_read_though_more_comes) {
  struct heliograph_record records[3];
  open_and_catch(0, SIGUSR1);
  raise_times(SIGUSR1, 9);
  CHECK_OK(heliograph_mark());
  for (int reads = 0; reads < 3; reads++) {
    CHECK_EQ(heliograph_is_past_mark(), 0);
    raise_times(SIGUSR1, 5);
    CHECK_EQ(heliograph_read(records, 3), 3);
  }
  CHECK_EQ(heliograph_is_past_mark(), 1);
  CHECK_OK(heliograph_mark());
  CHECK_EQ(heliograph_is_past_mark(), 0);
}

CASE(a_mark_is_past_when_the_losses_before_it_are_told) {
  struct heliograph_record record = {0};
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, SMALL_PIPE_RECORDS + 1);
  CHECK_OK(heliograph_mark());
  while ((record.flags & HELIOGRAPH_LOST) == 0) {
    CHECK_EQ(heliograph_is_past_mark(), 0);
    CHECK_OK(heliograph_read(&record, 1));
  }
  CHECK_EQ(heliograph_is_past_mark(), 1);
}

CASE(an_empty_pipe_that_does_not_block_reads_as_0) {
  struct heliograph_record record;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_blocking(0));
  CHECK_EQ(heliograph_read(&record, 1), 0);
  raise(SIGUSR1);
  CHECK_EQ(heliograph_read(&record, 1), 1);
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(heliograph_read(&record, 1), 0);
}

CASE(a_wake_before_the_read_is_kept) {
  struct heliograph_record record;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_wake());
  CHECK_EQ(heliograph_read(&record, 1), 0);
  raise(SIGUSR1);
  CHECK_EQ(heliograph_read(&record, 1), 1);
}

CASE(a_wake_takes_no_place_in_the_sequence) {
  struct heliograph_record records[8];
  open_and_catch(0, SIGUSR1);
  raise(SIGUSR1);
  CHECK_OK(heliograph_wake());
  raise(SIGUSR1);
  CHECK_EQ(drain(records, 8), 2);
  CHECK_EQ(records[0].sequence, 1);
  CHECK_EQ(records[1].sequence, 2);
  CHECK_EQ(records[1].signal, SIGUSR1);
}

static _Atomic(pid_t) sleeper;

static void *read_once(void *result) {
  struct heliograph_record record;
  atomic_store(&sleeper, thread_id());
  *(ssize_t *)result = heliograph_read(&record, 1);
  return NULL;
}

CASE(a_wake_ends_the_sleep_of_a_read) {
  pthread_t thread;
  ssize_t result = -1;
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(pthread_create(&thread, NULL, read_once, &result), 0);
  while (atomic_load(&sleeper) == 0 || !is_asleep(atomic_load(&sleeper)))
    sched_yield();
  CHECK_OK(heliograph_wake());
  CHECK_EQ(pthread_join(thread, NULL), 0);
  CHECK_EQ(result, 0);
}

static void *wake_often(void *unused) {
  for (int i = 0; i < LOOPS(10000); i++)
    CHECK_OK(heliograph_wake());
  return unused;
}

static void wake_from_many_threads(void) {
  pthread_t threads[WAKERS];
  for (int i = 0; i < WAKERS; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, wake_often, NULL), 0);
  for (int i = 0; i < WAKERS; i++)
    CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

CASE(waking_does_not_block_on_a_full_pipe_and_costs_no_record) {
  struct tally tally = {0};
  open_and_catch(SMALL_PIPE, SIGUSR1);
  raise_times(SIGUSR1, SMALL_PIPE_RECORDS);
  wake_from_many_threads();
  drain_into(&tally);
  check_ledger(SIGUSR1, SMALL_PIPE_RECORDS, &tally);
  CHECK_EQ(tally.lost[SIGUSR1], 0);
}

CASE(a_pipe_full_of_wake_ups_costs_details_and_never_the_count) {
  struct tally tally = {0};
  open_and_catch(SMALL_PIPE, SIGUSR1);
  wake_from_many_threads();
  raise_times(SIGUSR1, 100);
  drain_into(&tally);
  check_ledger(SIGUSR1, 100, &tally);
}
