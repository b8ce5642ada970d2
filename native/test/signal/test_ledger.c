/* arrived = dispatched + lost, whatever the threads do. */
#include "test/support.h"
#include "test/test.h"

#define RAISERS 4
#define EACH LOOPS(250000)

static const int signal_of[RAISERS] = {SIGUSR1, SIGTERM, SIGHUP, 0};

static int signal_at(int raiser) {
  return signal_of[raiser] != 0 ? signal_of[raiser] : SIGRTMIN + 1;
}

static void *raise_each(void *argument) {
  int signal = *(int *)argument;
  for (int i = 0; i < EACH; i++)
    raise_surely(signal);
  return NULL;
}

static void raise_from_all(int *signals) {
  pthread_t threads[RAISERS];
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, raise_each, &signals[i]), 0);
  for (int i = 0; i < RAISERS; i++)
    CHECK_EQ(pthread_join(threads[i], NULL), 0);
}

static void a_million_through(size_t pipe_bytes) {
  int signals[RAISERS];
  struct reader reader = {0};
  CHECK_OK(heliograph_open(pipe_bytes));
  for (int i = 0; i < RAISERS; i++) {
    signals[i] = signal_at(i);
    CHECK_OK(heliograph_catch(signals[i]));
  }
  start_reader(&reader, (uint64_t)RAISERS * EACH);
  raise_from_all(signals);
  join_reader(&reader); /* it hangs if an arrival is missing */
  for (int i = 0; i < RAISERS; i++)
    check_ledger(signals[i], EACH, &reader.tally);
}

CASE(a_million_from_four_threads_through_a_large_pipe) {
  a_million_through(0);
}

CASE(a_million_from_four_threads_through_a_small_pipe) {
  a_million_through(4096);
}

CASE(a_million_of_one_signal) {
  int signals[RAISERS];
  struct reader reader = {0};
  open_and_catch(0, SIGUSR1);
  for (int i = 0; i < RAISERS; i++)
    signals[i] = SIGUSR1;
  start_reader(&reader, (uint64_t)RAISERS * EACH);
  raise_from_all(signals);
  join_reader(&reader);
  check_ledger(SIGUSR1, (uint64_t)RAISERS * EACH, &reader.tally);
}

/*
 * Bursts around what the small pipe holds, and after each the reader must learn of every arrival before the
 * next begins: a loss that is not reported by then will not be, and the reader sleeps for ever.
 */
#define BURSTS LOOPS(4000)
#define BURSTERS 2

static pthread_barrier_t burst_begins;

static void *raise_bursts(void *unused) {
  for (int burst = 0; burst < BURSTS; burst++) {
    pthread_barrier_wait(&burst_begins);
    for (int i = 0; i < 30 + burst % 10; i++)
      raise(SIGUSR1);
  }
  return unused;
}

CASE(no_loss_is_left_unreported_while_the_reader_sleeps) {
  pthread_t threads[BURSTERS];
  struct heliograph_record records[64];
  struct tally tally = {0};
  uint64_t sum = 0;
  open_and_catch(4096, SIGUSR1);
  CHECK_EQ(pthread_barrier_init(&burst_begins, NULL, BURSTERS + 1), 0);
  for (int i = 0; i < BURSTERS; i++)
    CHECK_EQ(pthread_create(&threads[i], NULL, raise_bursts, NULL), 0);
  for (int burst = 0; burst < BURSTS; burst++) {
    pthread_barrier_wait(&burst_begins);
    sum += BURSTERS * (uint64_t)(30 + burst % 10);
    while (tally.all < sum)
      add_to_tally(&tally, records, CHECK_OK(heliograph_read(records, 64)));
  }
  for (int i = 0; i < BURSTERS; i++)
    CHECK_EQ(pthread_join(threads[i], NULL), 0);
  check_ledger(SIGUSR1, sum, &tally);
}

CASE(the_ledger_never_says_that_more_went_out_than_came_in) {
  pthread_t thread;
  int signal = SIGUSR1;
  struct reader reader = {0};
  struct heliograph_counts counts = {0};
  open_and_catch(4096, SIGUSR1);
  start_reader(&reader, EACH);
  CHECK_EQ(pthread_create(&thread, NULL, raise_each, &signal), 0);
  while (counts.arrived < EACH) {
    counts = ledger_of(SIGUSR1);
    CHECK(counts.dispatched + counts.lost <= counts.arrived);
  }
  CHECK_EQ(pthread_join(thread, NULL), 0);
  join_reader(&reader);
  check_ledger(SIGUSR1, EACH, &reader.tally);
}

CASE(the_ledger_of_a_signal_that_never_came_is_empty) {
  open_and_catch(0, SIGUSR1);
  raise(SIGUSR1);
  struct heliograph_counts counts = ledger_of(SIGUSR2);
  CHECK_EQ(counts.arrived, 0);
  CHECK_EQ(counts.dispatched, 0);
  CHECK_EQ(counts.lost, 0);
}

CASE(the_ledger_of_what_is_no_signal_is_refused) {
  struct heliograph_counts counts;
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_ledger(0, &counts), -EINVAL);
  CHECK_EQ(heliograph_ledger(-1, &counts), -EINVAL);
  CHECK_EQ(heliograph_ledger(SIGRTMAX + 1, &counts), -EINVAL);
}
