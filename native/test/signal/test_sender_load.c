/* Looking at senders while signals come from everywhere costs details at most, and never a count. */
#include "test/support.h"
#include "test/test.h"

#include <sys/wait.h>
#include <unistd.h>

#define RAISERS 4
#define RAISED LOOPS(250000)
#define SENDERS 2
#define SENT LOOPS(100000)

static _Atomic(int) raisers_at_work = RAISERS;

static void *raise_each(void *unused) {
  (void)unused;
  for (int i = 0; i < RAISED; i++)
    CHECK_OK(heliograph_raise(SIGUSR1));
  atomic_fetch_sub(&raisers_at_work, 1);
  return NULL;
}

/* Signals that are pending already coalesce (signal(7)), so fewer may arrive. */
static void send_each(void) {
  for (int i = 0; i < SENT; i++)
    CHECK_EQ(kill(getppid(), SIGUSR1), 0);
}

/* Tells how many of the senders were seen. */
static int check_senders(const struct heliograph_record *records, ssize_t count) {
  struct heliograph_lineage lineage;
  int seen = 0;
  for (ssize_t i = 0; i < count; i++) {
    if (records[i].sender == 0)
      continue;
    CHECK_OK(heliograph_sender_of(records[i].sender, &lineage));
    CHECK_EQ(lineage.processes[0].pid, records[i].pid);
    CHECK_EQ(lineage.processes[0].parent, getpid());
    seen++;
  }
  return seen;
}

CASE(every_arrival_is_accounted_for_while_senders_are_looked_at) {
  static struct heliograph_record records[1024];
  struct tally tally = {0};
  pthread_t raisers[RAISERS];
  pid_t senders[SENDERS];
  int ended = 0;
  int seen = 0;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_look_at_senders(SIGUSR1, 1));
  CHECK_OK(heliograph_set_blocking(0));
  for (int i = 0; i < SENDERS; i++)
    senders[i] = start_child(send_each);
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_create(&raisers[i], NULL, raise_each, NULL), 0);
  while (atomic_load(&raisers_at_work) > 0 || ended < SENDERS) {
    ssize_t count = CHECK_OK(heliograph_read(records, 1024));
    add_to_tally(&tally, records, count);
    seen += check_senders(records, count);
    int status;
    if (ended < SENDERS && waitpid(senders[ended], &status, WNOHANG) == senders[ended]) {
      CHECK_EQ(status, 0);
      ended++;
    }
  }
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_join(raisers[i], NULL), 0);
  drain_into(&tally);
  uint64_t arrived = ledger_of(SIGUSR1).arrived;
  CHECK(arrived > (uint64_t)RAISERS * RAISED);
  check_ledger(SIGUSR1, arrived, &tally);
  CHECK(seen > 0);
}
