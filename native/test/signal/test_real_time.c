/* Real-time signals: they queue, and each carries a value. */
#include "test/support.h"
#include "test/test.h"

#include <sched.h>
#include <unistd.h>

#define SIGNALS 28 /* SIGRTMIN+28 is the JDK's, so +0 to +27 are free */
#define QUEUED 40
/* So that the queue is full at times, and other processes of this user keep room in theirs. */
#define QUEUE_LIMIT 2000
#define FROM_CHILD LOOPS(200000)

static void catch_them_all(void) {
  CHECK_OK(heliograph_open(0));
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK_OK(heliograph_catch(SIGRTMIN + offset));
}

static int value_for(int offset, int i) {
  return offset * 1000 + i;
}

static void queue_them_all(void) {
  for (int i = 0; i < QUEUED; i++)
    for (int offset = 0; offset < SIGNALS; offset++)
      CHECK_OK(heliograph_queue(getpid(), SIGRTMIN + offset, value_for(offset, i)));
}

/* Every value, and those of each signal in the order in which they were sent. */
static void check_values(void) {
  static struct heliograph_record records[SIGNALS * QUEUED + 1];
  int next[SIGNALS] = {0};
  CHECK_EQ(drain(records, SIGNALS * QUEUED + 1), SIGNALS * QUEUED);
  for (int i = 0; i < SIGNALS * QUEUED; i++) {
    int offset = records[i].signal - SIGRTMIN;
    CHECK(offset >= 0 && offset < SIGNALS);
    CHECK_EQ(records[i].code, SI_QUEUE);
    CHECK_EQ(records[i].value, value_for(offset, next[offset]++));
    CHECK_EQ(records[i].sequence, i + 1);
  }
  for (int offset = 0; offset < SIGNALS; offset++)
    CHECK_EQ(next[offset], QUEUED);
}

CASE_NOT_UNDER_TSAN(values_arrive_in_order_as_they_are_sent) {
  catch_them_all();
  queue_them_all();
  check_values();
}

CASE_NOT_UNDER_TSAN(values_that_waited_in_the_queue_arrive_in_order) {
  sigset_t all;
  catch_them_all();
  sigfillset(&all);
  CHECK_EQ(sigprocmask(SIG_BLOCK, &all, NULL), 0);
  queue_them_all();
  CHECK_EQ(sigprocmask(SIG_UNBLOCK, &all, NULL), 0);
  check_values();
}

static void queue_to_the_parent(void) {
  for (int i = 0; i < FROM_CHILD; i++)
    queue_surely(getppid(), SIGRTMIN + 3, i);
}

CASE_NOT_UNDER_TSAN(two_hundred_thousand_from_a_child_are_counted_exactly) {
  struct tally tally = {0};
  struct heliograph_record records[256];
  open_and_catch(0, SIGRTMIN + 3);
  limit_the_queue(QUEUE_LIMIT);
  pid_t child = start_child(queue_to_the_parent);
  while (tally.all < FROM_CHILD)
    add_to_tally(&tally, records, read_some(records, 256));
  check_exits_with_0(child);
  drain_into(&tally);
  check_ledger(SIGRTMIN + 3, FROM_CHILD, &tally);
}

/* One receiver: were there two, the second could overtake the first between the kernel and the pipe. */
CASE_NOT_UNDER_TSAN(values_from_a_child_arrive_in_order) {
  struct heliograph_record record;
  int next = 0;
  open_and_catch(0, SIGRTMIN + 3);
  limit_the_queue(QUEUE_LIMIT);
  pid_t child = start_child(queue_to_the_parent);
  uint64_t seen = 0;
  while (seen < FROM_CHILD) {
    record = read_one();
    seen += record.count;
    if ((record.flags & HELIOGRAPH_LOST) != 0)
      continue;
    CHECK(record.value >= next);
    next = record.value + 1;
  }
  check_exits_with_0(child);
}

CASE(a_full_queue_is_told_to_the_sender) {
  open_and_catch(0, SIGRTMIN);
  block(SIGRTMIN);
  limit_the_queue(0);
  CHECK_EQ(heliograph_queue(getpid(), SIGRTMIN, 1), -EAGAIN);
  unblock(SIGRTMIN);
  CHECK_EQ(ledger_of(SIGRTMIN).arrived, 0);
}

/* The kernel sends a standard signal even then, without its details: pid 0 says that the sender is unknown.
 */
CASE(a_standard_signal_passes_a_full_queue_without_its_details) {
  open_and_catch(0, SIGUSR1);
  limit_the_queue(0);
  CHECK_OK(heliograph_queue(getpid(), SIGUSR1, 12345));
  struct heliograph_record record = read_one();
  CHECK_EQ(record.signal, SIGUSR1);
  CHECK_EQ(record.code, SI_USER);
  CHECK_EQ(record.pid, 0);
  CHECK_EQ(record.uid, 0);
  CHECK_EQ(record.value, 0);
  CHECK_EQ(record.count, 1);
}
