/* Steering: a signal goes to the reader's thread, for all others block it; and no block of ours is left. */
#include "support.h"
#include "test.h"

#include <dirent.h>
#include <sched.h>
#include <semaphore.h>
#include <time.h>
#include <unistd.h>

#define THREADS 5

/* A thread that does nothing until it is told to end. */
struct idler {
  pthread_t thread;
  _Atomic(pid_t) tid;
  int blocks; /* a signal that it blocks by itself, or 0 */
  sem_t end;
};

static void *idle(void *argument) {
  struct idler *idler = argument;
  if (idler->blocks != 0)
    block(idler->blocks);
  atomic_store(&idler->tid, thread_id());
  while (sem_wait(&idler->end) != 0)
    CHECK_EQ(errno, EINTR);
  return NULL;
}

static void start_idler(struct idler *idler, int blocks) {
  idler->blocks = blocks;
  atomic_store(&idler->tid, 0);
  CHECK_EQ(sem_init(&idler->end, 0, 0), 0);
  CHECK_EQ(pthread_create(&idler->thread, NULL, idle, idler), 0);
  while (atomic_load(&idler->tid) == 0)
    sched_yield();
}

static void end_idler(struct idler *idler) {
  CHECK_EQ(sem_post(&idler->end), 0);
  CHECK_EQ(pthread_join(idler->thread, NULL), 0);
}

static bool blocks(const struct idler *idler, int signal) {
  return proc_says(atomic_load(&idler->tid), "SigBlk", signal);
}

static void start_reading(struct reader *reader, uint64_t until) {
  start_reader(reader, until);
  while (atomic_load(&reader->tid) == 0 || !is_asleep(atomic_load(&reader->tid)))
    sched_yield();
}

static void send_and_await(int signal, int count) {
  for (int i = 0; i < count; i++) {
    uint64_t before = ledger_of(signal).arrived;
    CHECK_EQ(kill(getpid(), signal), 0);
    while (ledger_of(signal).arrived == before)
      sched_yield();
  }
}

/* Those that arrived, and those of them on another thread than the reader's. */
static void check_arrived(int signal, uint64_t arrived, uint64_t elsewhere) {
  CHECK_EQ(ledger_of(signal).arrived, arrived);
  CHECK_EQ(ledger_of(signal).elsewhere, elsewhere);
}

static bool is_steered(int signal) {
  return (heliograph_steered() >> (signal - 1) & 1) != 0;
}

static bool is_to_threads(int signal) {
  return (heliograph_sent_to_threads() >> (signal - 1) & 1) != 0;
}

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

static void do_nothing(int signal) {
  (void)signal;
}

/* Where both signals that visits could be made with are somebody's. */
CASE_NOT_UNDER_TSAN(without_visits_each_thread_is_interrupted_once) {
  struct reader reader = {0};
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  open_and_catch(0, SIGUSR1);
  start_reading(&reader, 100);
  CHECK_OK(heliograph_set_steering(1));
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

/* /proc tells when a thread started in clock ticks of 10 ms: in one tick with the steering, it counts as
 * younger. */
static void await_tick(void) {
  long per_second = sysconf(_SC_CLK_TCK);
  struct timespec first;
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &first);
  do {
    sched_yield();
    clock_gettime(CLOCK_BOOTTIME, &now);
  } while (now.tv_sec == first.tv_sec &&
           now.tv_nsec / (1000000000 / per_second) == first.tv_nsec / (1000000000 / per_second));
}

enum way_off { BY_RESTORE, BY_SWITCH, BY_CLOSE };

static void lift(enum way_off way) {
  if (way == BY_RESTORE)
    CHECK_OK(heliograph_restore(SIGUSR1));
  else if (way == BY_SWITCH)
    CHECK_OK(heliograph_set_steering(0));
  else
    CHECK_OK(heliograph_close());
}

/* One that was there, one that inherits the block, and one that has blocked it by itself before. */
static void masks_are_as_before(enum way_off way) {
  struct idler before;
  struct idler inherits;
  struct idler blocker;
  start_idler(&before, 0);
  start_idler(&blocker, SIGUSR1);
  await_tick();
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  start_idler(&inherits, 0);
  CHECK(blocks(&before, SIGUSR1));
  CHECK(blocks(&inherits, SIGUSR1));
  lift(way);
  CHECK(!blocks(&before, SIGUSR1));
  CHECK(!blocks(&inherits, SIGUSR1));
  CHECK(blocks(&blocker, SIGUSR1));
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK_EQ(heliograph_steered(), 0);
  CHECK(action_of(SIGURG).sa_handler == SIG_DFL);
  end_idler(&before);
  end_idler(&inherits);
  end_idler(&blocker);
}

CASE_NOT_UNDER_TSAN(a_restore_lifts_the_blocks) {
  masks_are_as_before(BY_RESTORE);
}

CASE_NOT_UNDER_TSAN(switching_off_lifts_the_blocks) {
  masks_are_as_before(BY_SWITCH);
}

CASE_NOT_UNDER_TSAN(closing_lifts_the_blocks) {
  masks_are_as_before(BY_CLOSE);
}

CASE_NOT_UNDER_TSAN(what_was_blocked_before_stays_so) {
  struct reader reader = {0};
  struct idler idler;
  block(SIGUSR1);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  start_idler(&idler, 0);
  start_reading(&reader, 1);
  send_and_await(SIGUSR1, 1);
  join_reader(&reader);
  check_arrived(SIGUSR1, 1, 0);
  CHECK_OK(heliograph_close());
  CHECK(is_blocked_here(SIGUSR1));
  CHECK(blocks(&idler, SIGUSR1));
  end_idler(&idler);
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

static void check_child_is_clean(void) {
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK(is_blocked_here(SIGPWR));
  CHECK_EQ(heliograph_steered(), 0);
}

static void steer_ones_own(void) {
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK(is_steered(SIGUSR1));
  CHECK(is_blocked_here(SIGUSR1));
  CHECK_OK(heliograph_close());
  CHECK(!is_blocked_here(SIGUSR1));
}

/* ASan's allocator does not survive a fork while another thread is in it (gcc 12). */
CASE_NOT_UNDER_SANITIZERS(the_child_of_a_fork_can_steer_by_itself) {
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  check_exits_with_0(start_child(steer_ones_own));
  CHECK(is_blocked_here(SIGUSR1));
}

static void *fork_here(void *unused) {
  CHECK(is_blocked_here(SIGUSR1)); /* inherited */
  check_exits_with_0(start_child(check_child_is_clean));
  CHECK(is_blocked_here(SIGUSR1));
  return unused;
}

CASE_NOT_UNDER_TSAN(the_child_of_a_fork_has_none_of_them_blocked) {
  pthread_t thread;
  block(SIGPWR);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  check_exits_with_0(start_child(check_child_is_clean));
  CHECK(is_blocked_here(SIGUSR1));
  CHECK_EQ(pthread_create(&thread, NULL, fork_here, NULL), 0);
  CHECK_EQ(pthread_join(thread, NULL), 0);
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
  set_handler(SIGURG, do_nothing);
  set_handler(SIGWINCH, do_nothing);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_steering(1));
  CHECK_EQ(pthread_kill(pthread_self(), SIGUSR1), 0);
  check_arrived(SIGUSR1, 1, 1);
  CHECK(is_to_threads(SIGUSR1));
  CHECK(!is_steered(SIGUSR1));
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

static int threads(void) {
  int count = 0;
  DIR *directory = opendir("/proc/self/task");
  CHECK(directory != NULL);
  while (readdir(directory) != NULL)
    count++;
  closedir(directory);
  return count;
}

CASE(its_thread_and_descriptors_go_with_it) {
  struct idler first;
  start_idler(&first, 0); /* with the first thread TSan makes one of its own */
  end_idler(&first);
  CHECK_OK(heliograph_open(0));
  int threads_before = threads();
  int descriptors_before = open_descriptors();
  for (int round = 0; round < 20; round++) {
    CHECK_OK(heliograph_set_steering(1));
    CHECK_OK(heliograph_set_steering(1));
    CHECK_EQ(threads(), threads_before + 1);
    CHECK_OK(heliograph_set_steering(0));
    CHECK_OK(heliograph_set_steering(0));
    CHECK_EQ(threads(), threads_before);
  }
  CHECK_EQ(open_descriptors(), descriptors_before);
  CHECK_OK(heliograph_set_steering(1));
  CHECK_OK(heliograph_close());
  CHECK_EQ(threads(), threads_before);
  CHECK_EQ(heliograph_set_steering(1), -EBADF);
  CHECK_EQ(threads(), threads_before);
}

static void *be_named(void *end) {
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
  CHECK_OK(heliograph_set_steering(1));
}

static atomic_bool stop;

static void *start_threads(void *unused) {
  while (!atomic_load(&stop)) {
    struct idler idler;
    start_idler(&idler, 0);
    end_idler(&idler);
  }
  return unused;
}

/* While threads come and go, and signals with them, steering is switched on and off. Nothing is lost. */
CASE_NOT_UNDER_TSAN(whatever_comes_and_goes_all_arrive_and_no_block_is_left) {
  struct reader reader = {0};
  pthread_t starters[2];
  struct idler idler;
  int rounds = LOOPS(200);
  start_idler(&idler, 0);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_catch(SIGRTMIN + 3));
  start_reading(&reader, (uint64_t)rounds * 4);
  for (int i = 0; i < 2; i++)
    CHECK_EQ(pthread_create(&starters[i], NULL, start_threads, NULL), 0);
  for (int round = 0; round < rounds; round++) {
    CHECK_OK(heliograph_set_steering(round % 2 == 0));
    CHECK_OK(heliograph_queue(getpid(), SIGRTMIN + 3, round));
    CHECK_OK(heliograph_queue(getpid(), SIGRTMIN + 3, round));
    send_and_await(SIGUSR1, 2);
  }
  join_reader(&reader);
  CHECK_OK(heliograph_set_steering(0));
  atomic_store(&stop, true);
  for (int i = 0; i < 2; i++) {
    CHECK_EQ(pthread_join(starters[i], NULL), 0);
  }
  CHECK(!blocks(&idler, SIGUSR1));
  CHECK(!blocks(&idler, SIGRTMIN + 3));
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK(!is_blocked_here(SIGRTMIN + 3));
  check_ledger(SIGUSR1, (uint64_t)rounds * 2, &reader.tally);
  check_ledger(SIGRTMIN + 3, (uint64_t)rounds * 2, &reader.tally);
  end_idler(&idler);
}
