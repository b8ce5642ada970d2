/* Steering leaves no block behind: not in a thread, not in a child. */
#include "steered.h"
#include "test.h"

#include <dirent.h>
#include <sched.h>
#include <time.h>
#include <unistd.h>

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
  await_gone(atomic_load(&first.tid));
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

static atomic_bool stop;

#define KEPT 4

/* Some stay: they were created while steering was on, or off, or being switched. */
static void *start_threads(void *argument) {
  struct idler *kept = argument;
  for (int i = 0; i < KEPT; i++)
    start_idler(&kept[i], 0);
  for (int i = 0; !atomic_load(&stop); i = (i + 1) % KEPT) {
    end_idler(&kept[i]);
    start_idler(&kept[i], 0);
  }
  return NULL;
}

static void end_unblocked(struct idler *idlers, int count) {
  for (int i = 0; i < count; i++) {
    CHECK(!blocks(&idlers[i], SIGUSR1));
    CHECK(!blocks(&idlers[i], SIGRTMIN + 3));
    end_idler(&idlers[i]);
  }
}

/* While threads come and go, and signals with them, steering is switched on and off. Nothing is lost. */
CASE_NOT_UNDER_TSAN(whatever_comes_and_goes_all_arrive_and_no_block_is_left) {
  struct reader reader = {0};
  pthread_t starters[2];
  struct idler kept[2][KEPT];
  struct idler idler;
  int rounds = LOOPS(200);
  start_idler(&idler, 0);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_catch(SIGRTMIN + 3));
  start_reading(&reader, (uint64_t)rounds * 4);
  for (int i = 0; i < 2; i++)
    CHECK_EQ(pthread_create(&starters[i], NULL, start_threads, kept[i]), 0);
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
    end_unblocked(kept[i], KEPT);
  }
  end_unblocked(&idler, 1);
  CHECK(!is_blocked_here(SIGUSR1));
  CHECK(!is_blocked_here(SIGRTMIN + 3));
  check_ledger(SIGUSR1, (uint64_t)rounds * 2, &reader.tally);
  check_ledger(SIGRTMIN + 3, (uint64_t)rounds * 2, &reader.tally);
}
