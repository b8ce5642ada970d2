/* The default action ends or stops the process as it would without us. */
#include "test/support.h"
#include "test/test.h"

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int signal_to_meet;

static const int deadly[] = {SIGHUP,  SIGINT,  SIGQUIT,   SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM,
                             SIGTERM, SIGXCPU, SIGVTALRM, SIGPROF, SIGIO,   SIGPWR,  SIGSYS};
static const int stopping[] = {SIGTSTP, SIGTTIN, SIGTTOU};

static void check_each_dies(void (*body)(void)) {
  for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
    signal_to_meet = deadly[i];
    check_dies_by(start_child(body), signal_to_meet);
  }
  signal_to_meet = SIGRTMIN + 9;
  check_dies_by(start_child(body), signal_to_meet);
}

static void observe_and_meet(void) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(signal_to_meet));
  raise(signal_to_meet);
  CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
  heliograph_run_default_action(signal_to_meet);
}

CASE(it_ends_the_process_by_that_signal) {
  check_each_dies(observe_and_meet);
}

static void ignore_block_and_meet(void) {
  signal(signal_to_meet, SIG_IGN);
  block(signal_to_meet);
  CHECK_OK(heliograph_open(0));
  heliograph_run_default_action(signal_to_meet);
}

CASE(it_happens_where_the_signal_is_ignored_and_blocked) {
  check_each_dies(ignore_block_and_meet);
}

static void *meet(void *unused) {
  heliograph_run_default_action(signal_to_meet);
  return unused;
}

static void meet_in_a_thread(void) {
  pthread_t thread;
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(signal_to_meet));
  CHECK_EQ(pthread_create(&thread, NULL, meet, NULL), 0);
  pthread_join(thread, NULL);
}

CASE(it_ends_the_process_from_any_thread) {
  check_each_dies(meet_in_a_thread);
}

CASE(a_default_of_doing_nothing_is_met_at_once) {
  const int harmless[] = {SIGCHLD, SIGURG, SIGWINCH, SIGCONT};
  CHECK_OK(heliograph_open(0));
  for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
    CHECK_OK(heliograph_observe(harmless[i]));
    CHECK_EQ(heliograph_run_default_action(harmless[i]), 0);
    CHECK_EQ(ledger_of(harmless[i]).arrived, 0);
    raise(harmless[i]);
    CHECK_EQ(ledger_of(harmless[i]).arrived, 1);
  }
}

CASE(what_is_no_signal_has_no_default) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_run_default_action(0), -EINVAL);
  CHECK_EQ(heliograph_run_default_action(-1), -EINVAL);
  CHECK_EQ(heliograph_run_default_action(SIGRTMAX + 1), -EINVAL);
}

static void check_ours_still_sees(int signal, uint64_t arrived) {
  struct heliograph_disposition disposition;
  CHECK_OK(heliograph_get_disposition(signal, &disposition));
  CHECK_EQ(disposition.ours, 1);
  raise(signal);
  CHECK_EQ(ledger_of(signal).arrived, arrived);
}

/*
 * A terminal's stop signal does not stop a process in an orphaned process group (POSIX, "Orphaned Process
 * Group"). A group of its own is not orphaned.
 */
static void leave_the_group(void) {
  CHECK_EQ(setpgid(0, 0), 0);
}

static void stop_and_go_on(void) {
  leave_the_group();
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(signal_to_meet));
  raise(signal_to_meet);
  CHECK_EQ(read_one().flags, HELIOGRAPH_DEFAULT_DUE);
  CHECK_EQ(heliograph_run_default_action(signal_to_meet), 0); /* here it stops */
  check_ours_still_sees(signal_to_meet, 2);
}

static void check_stops_and_goes_on(void (*body)(void)) {
  int status;
  pid_t child = start_child(body);
  CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
  CHECK(WIFSTOPPED(status));
  CHECK_EQ(WSTOPSIG(status), signal_to_meet);
  CHECK_EQ(kill(child, SIGCONT), 0);
  check_exits_with_0(child);
}

CASE(it_stops_the_process_and_ours_is_back_when_it_goes_on) {
  for (size_t i = 0; i < sizeof stopping / sizeof *stopping; i++) {
    signal_to_meet = stopping[i];
    check_stops_and_goes_on(stop_and_go_on);
  }
}

static void fill_the_pipe(void) {
  CHECK_OK(heliograph_open(4096));
  CHECK_OK(heliograph_catch(SIGURG));
  for (int i = 0; i < 100; i++)
    raise(SIGURG);
  CHECK(ledger_of(SIGURG).lost > 0);
}

static void observe_above_a_full_pipe(void) {
  fill_the_pipe();
  CHECK_OK(heliograph_observe(signal_to_meet));
  raise(signal_to_meet);
}

CASE(with_a_full_pipe_nobody_reads_it_happens_right_away) {
  check_each_dies(observe_above_a_full_pipe);
}

static void observe_default_above_a_full_pipe(void) {
  signal(signal_to_meet, SIG_IGN);
  fill_the_pipe();
  CHECK_OK(heliograph_observe_default(signal_to_meet));
  raise(signal_to_meet);
}

CASE(with_a_full_pipe_observe_default_ends_it_right_away) {
  check_each_dies(observe_default_above_a_full_pipe);
}

static void fill_the_pipe_with_it(void) {
  CHECK_OK(heliograph_open(4096));
  CHECK_OK(heliograph_observe(signal_to_meet));
  for (int i = 0; i < heliograph_capacity(); i++)
    raise(signal_to_meet);
  CHECK_EQ(ledger_of(signal_to_meet).dispatched, 0);
  CHECK_EQ(ledger_of(signal_to_meet).lost, 0);
  raise(signal_to_meet);
}

CASE(the_first_that_does_not_fit_ends_the_process) {
  check_each_dies(fill_the_pipe_with_it);
}

static void stop_above_a_full_pipe(void) {
  leave_the_group();
  fill_the_pipe();
  CHECK_OK(heliograph_observe(signal_to_meet));
  raise(signal_to_meet); /* here it stops */
  CHECK_EQ(ledger_of(signal_to_meet).lost, 1);
  CHECK_OK(heliograph_catch(signal_to_meet));
  check_ours_still_sees(signal_to_meet, 2);
}

CASE(with_a_full_pipe_it_stops_right_away_and_goes_on) {
  for (size_t i = 0; i < sizeof stopping / sizeof *stopping; i++) {
    signal_to_meet = stopping[i];
    check_stops_and_goes_on(stop_above_a_full_pipe);
  }
}

static atomic_int rounds_begun;
static atomic_int rounds_stopped;
static atomic_int rounds_ended;

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Returns as soon as the process was stopped and goes on: time makes a step then. */
static void await_a_stop(int round) {
  int64_t before = now_ns();
  while (atomic_load(&rounds_stopped) < round) {
    int64_t now = now_ns();
    if (now - before > 5000)
      return;
    before = now;
  }
}

static void *restore_when_continued(void *unused) {
  for (int round = 1; round <= LOOPS(500); round++) {
    while (atomic_load(&rounds_begun) < round)
      ;
    await_a_stop(round);
    CHECK_OK(heliograph_restore(SIGTSTP));
    atomic_store(&rounds_ended, round);
  }
  return unused;
}

static void stop_while_the_registration_closes(void) {
  pthread_t thread;
  leave_the_group();
  fill_the_pipe();
  CHECK_EQ(pthread_create(&thread, NULL, restore_when_continued, NULL), 0);
  for (int round = 1; round <= LOOPS(500); round++) {
    CHECK_OK(heliograph_observe(SIGTSTP));
    atomic_store(&rounds_begun, round);
    raise(SIGTSTP); /* here it stops */
    atomic_store(&rounds_stopped, round);
    while (atomic_load(&rounds_ended) < round)
      ;
    CHECK(action_of(SIGTSTP).sa_handler == SIG_DFL);
  }
  pthread_join(thread, NULL);
}

CASE_NOT_UNDER_TSAN(a_restore_meanwhile_is_not_undone) {
  int status;
  pid_t child = start_child(stop_while_the_registration_closes);
  while (waitpid(child, &status, WUNTRACED) == child && WIFSTOPPED(status))
    CHECK_EQ(kill(child, SIGCONT), 0);
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 0);
}
