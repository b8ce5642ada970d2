/* The thread that keeps the deadline, and the life of a shutdown that does not begin. */
#include "heliograph_deadline.h"
#include "test/support.h"
#include "test/test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int shutdown_on(int signal, int64_t within_ns, int by_signal) {
  return heliograph_shutdown_on(signal, &(struct heliograph_shutdown_terms){
                                            .within_ns = within_ns, .by_signal = by_signal, .status = -1});
}

static pid_t newest_thread(void) {
  pid_t newest = 0;
  DIR *directory = opendir("/proc/self/task");
  CHECK(directory != NULL);
  for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory)) {
    pid_t thread = (pid_t)strtol(entry->d_name, NULL, 10);
    newest = thread > newest ? thread : newest;
  }
  closedir(directory);
  return newest;
}

CASE(the_thread_is_there_before_a_signal_comes_and_takes_none_itself) {
  pid_t before = newest_thread();
  CHECK_OK(heliograph_shutdown_open());
  pid_t watchdog = newest_thread();
  CHECK(watchdog != before);
  for (int signal = 1; signal <= 64; signal++)
    if (signal != SIGKILL && signal != SIGSTOP &&
        (signal < 32 || signal >= SIGRTMIN)) /* the C library's own */
      CHECK(proc_says(watchdog, "SigBlk", signal));
  CHECK(!is_blocked_here(SIGTERM));
  CHECK_EQ(heliograph_shutdown_close(), 0);
  while (newest_thread() == watchdog) /* /proc may show a joined thread for a moment */
    ;
}

CASE(it_opens_and_closes_once_each_time) {
  for (int i = 0; i < LOOPS(200); i++) {
    CHECK_EQ(heliograph_shutdown_close(), -EBADF);
    CHECK_EQ(heliograph_shutdown_open(), 0);
    CHECK_EQ(heliograph_shutdown_open(), -EALREADY);
    CHECK_EQ(heliograph_shutdown_close(), 0);
  }
}

CASE(what_makes_no_sense_is_refused) {
  CHECK_EQ(shutdown_on(SIGKILL, 0, 0), -EINVAL);
  CHECK_EQ(shutdown_on(0, 0, 0), -EINVAL);
  CHECK_EQ(shutdown_on(SIGTERM, -1, 0), -EINVAL);
  CHECK_EQ(heliograph_shutdown_off(65), -EINVAL);
  CHECK_EQ(heliograph_shutdown_told(1), -EINVAL);
}

struct waits {
  int (*wait)(void);
  _Atomic(pid_t) thread;
};

static void *wait_in(void *argument) {
  struct waits *waits = argument;
  atomic_store(&waits->thread, thread_id());
  CHECK_EQ(waits->wait(), 0);
  return NULL;
}

CASE(closing_ends_the_waits) {
  struct waits waits[] = {{.wait = heliograph_shutdown_await_begin},
                          {.wait = heliograph_shutdown_await_deadline}};
  for (int i = 0; i < LOOPS(50); i++) {
    pthread_t thread[2];
    CHECK_OK(heliograph_shutdown_open());
    for (int j = 0; j < 2; j++) {
      atomic_store(&waits[j].thread, 0);
      CHECK_EQ(pthread_create(&thread[j], NULL, wait_in, &waits[j]), 0);
    }
    for (int j = 0; j < 2; j++)
      while (i % 2 == 0 && (atomic_load(&waits[j].thread) == 0 || !is_asleep(atomic_load(&waits[j].thread))))
        ;
    CHECK_EQ(heliograph_shutdown_close(), 0);
    for (int j = 0; j < 2; j++)
      CHECK_EQ(pthread_join(thread[j], NULL), 0);
  }
}

CASE(waits_can_be_ended_and_the_deadline_stays) {
  struct waits waits = {.wait = heliograph_shutdown_await_begin};
  pthread_t thread;
  pid_t child = fork();
  CHECK_OK(child);
  if (child != 0) {
    int status = status_of(child);
    CHECK(WIFEXITED(status));
    CHECK_EQ(WEXITSTATUS(status), 128 + SIGTERM);
    return;
  }
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_shutdown_open());
  CHECK_EQ(pthread_create(&thread, NULL, wait_in, &waits), 0);
  while (atomic_load(&waits.thread) == 0 || !is_asleep(atomic_load(&waits.thread)))
    ;
  heliograph_shutdown_end_waits();
  CHECK_EQ(pthread_join(thread, NULL), 0);
  CHECK_EQ(heliograph_shutdown_await_deadline(), 0); /* later ones too */
  CHECK_OK(heliograph_catch(SIGTERM));
  CHECK_OK(shutdown_on(SIGTERM, 1, 0));
  CHECK_EQ(raise(SIGTERM), 0);
  CHECK_EQ(heliograph_shutdown_requested_by(), SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  for (;;)
    pause(); /* until the deadline */
}

CASE(a_signal_that_was_taken_off_begins_nothing) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(shutdown_on(SIGTERM, 1, 0));
  CHECK_OK(heliograph_shutdown_off(SIGTERM));
  raise(SIGTERM);
  raise(SIGTERM);
  CHECK_EQ(read_one().signal, SIGTERM);
  CHECK_EQ(heliograph_shutdown_close(), 0);
}

CASE(nothing_begins_while_it_is_closed) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(shutdown_on(SIGTERM, 1, 0));
  raise(SIGTERM);
  CHECK_EQ(read_one().signal, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_EQ(heliograph_shutdown_close(), 0);
}

CASE(what_is_ignored_or_restored_begins_nothing) {
  signal(SIGTERM, SIG_IGN);
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(shutdown_on(SIGTERM, 1, 0));
  CHECK_OK(heliograph_ignore(SIGTERM));
  raise(SIGTERM);
  CHECK_OK(heliograph_restore(SIGTERM));
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_close(), 0);
}

static void begin_and_try_to_go_back(void) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(shutdown_on(SIGTERM, 1000000, 0));
  CHECK_EQ(heliograph_shutdown_requested_by(), 0);
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_requested_by(), SIGTERM);
  CHECK_EQ(heliograph_shutdown_off(SIGTERM), -EBUSY);
  CHECK_EQ(heliograph_shutdown_close(), -EBUSY);
  for (;;)
    pause();
}

CASE(what_has_begun_cannot_be_called_off) {
  int status = status_of(start_child(begin_and_try_to_go_back));
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 128 + SIGTERM);
}

static void raise_int(void) {
  CHECK_EQ(heliograph_shutdown_close(), -EBADF);
  raise(SIGINT);
}

static void begin_and_fork(void) {
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(shutdown_on(SIGTERM, 0, 0));
  raise(SIGTERM);
  check_dies_by(start_child(raise_int), SIGINT);
}

CASE_NOT_UNDER_TSAN(the_child_of_a_fork_is_in_no_shutdown) {
  check_exits_with_0(start_child(begin_and_fork));
}

/* What arrives on many threads at once is one request. */
static void *raise_it(void *go) {
  while (!atomic_load((atomic_bool *)go))
    ;
  raise(SIGTERM);
  return NULL;
}

static void begin_on_two_threads(void) {
  static atomic_bool go;
  pthread_t thread[2];
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(shutdown_on(SIGTERM, 0, 1));
  for (int i = 0; i < 2; i++)
    CHECK_EQ(pthread_create(&thread[i], NULL, raise_it, &go), 0);
  atomic_store(&go, true);
  for (int i = 0; i < 2; i++)
    pthread_join(thread[i], NULL);
  CHECK_EQ(heliograph_shutdown_requested_by(), SIGTERM);
}

CASE(two_that_arrive_at_once_are_one_request) {
  for (int i = 0; i < LOOPS(50); i++)
    check_exits_with_0(start_child(begin_on_two_threads));
}
