/* A queue of real-time signals that is longer than the pipe, before a reader that alone takes them. */
#include "test/support.h"
#include "test/test.h"

#include <unistd.h>

#define SIGNALS 3
#define QUEUED 3000
#define SMALL_PIPE 4096

static void queue_blocked(void) {
  CHECK_OK(heliograph_open(SMALL_PIPE));
  for (int offset = 0; offset < SIGNALS; offset++) {
    block(SIGRTMIN + offset);
    CHECK_OK(heliograph_catch(SIGRTMIN + offset));
  }
  for (int value = 0; value < QUEUED; value++)
    for (int offset = 0; offset < SIGNALS; offset++)
      CHECK_OK(heliograph_queue(getpid(), SIGRTMIN + offset, value));
}

CASE_NOT_UNDER_TSAN(it_waits_in_the_kernel_and_nothing_is_lost) {
  int next[SIGNALS] = {0};
  queue_blocked();
  for (int seen = 0; seen < SIGNALS * QUEUED; seen++) {
    struct heliograph_record record = read_one();
    CHECK_EQ(record.flags, 0);
    CHECK_EQ(record.value, next[record.signal - SIGRTMIN]++);
  }
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK_EQ(ledger_of(SIGRTMIN + offset).arrived, QUEUED);
}

CASE_NOT_UNDER_TSAN(all_are_let_in_again_at_its_end) {
  queue_blocked();
  for (int seen = 0; seen < SIGNALS * QUEUED; seen++)
    read_one();
  CHECK_OK(heliograph_set_blocking(0));
  struct heliograph_record record;
  CHECK_EQ(heliograph_read(&record, 1), 0);
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK(!is_blocked_here(SIGRTMIN + offset));
}

CASE_NOT_UNDER_TSAN(a_signal_that_is_held_off_when_it_is_restored_stays_blocked) {
  queue_blocked();
  read_one();
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK_OK(heliograph_ignore(SIGRTMIN + offset)); /* drops what is queued (POSIX, sigaction()) */
  CHECK_OK(heliograph_set_blocking(0));
  struct heliograph_record records[SMALL_PIPE / sizeof(struct heliograph_record)];
  for (int reads = 0; reads < 10; reads++)
    CHECK_OK(heliograph_read(records, sizeof records / sizeof *records));
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK(is_blocked_here(SIGRTMIN + offset));
}

CASE(less_than_half_a_pipe_is_not_held_off) {
  open_and_catch(SMALL_PIPE, SIGRTMIN);
  raise_surely(SIGRTMIN);
  CHECK_EQ(read_one().signal, SIGRTMIN); /* now this thread is the reader */
  for (int i = 0; i < SMALL_PIPE / (int)sizeof(struct heliograph_record) / 2 - 1; i++)
    raise_surely(SIGRTMIN);
  CHECK(!is_blocked_here(SIGRTMIN));
}
