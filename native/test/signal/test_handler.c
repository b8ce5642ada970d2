/* What the handler does at an arrival: the record's members, and errno. */
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void check_plain(const struct heliograph_record *record, int signal, int code, int cause) {
  CHECK_EQ(record->signal, signal);
  CHECK_EQ(record->code, code);
  CHECK_EQ(record->cause, cause);
  CHECK_EQ(record->flags, 0);
  CHECK_EQ(record->count, 1);
  CHECK_EQ(record->reserved, 0);
}

static void check_sender(const struct heliograph_record *record, pid_t pid) {
  CHECK_EQ(record->pid, pid);
  CHECK_EQ(record->uid, getuid());
}

static void check_no_process(const struct heliograph_record *record) {
  CHECK_EQ(record->pid, 0);
  CHECK_EQ(record->uid, 0);
}

CASE(errno_is_kept_when_the_record_is_written) {
  open_and_catch(0, SIGUSR1);
  errno = 4242;
  raise(SIGUSR1);
  CHECK_EQ(errno, 4242);
  CHECK_EQ(ledger_of(SIGUSR1).lost, 0);
}

CASE(errno_is_kept_when_the_pipe_is_full) {
  open_and_catch(4096, SIGUSR1);
  while (ledger_of(SIGUSR1).lost == 0)
    raise(SIGUSR1);
  errno = 4242;
  raise(SIGUSR1); /* whose write() fails with EAGAIN */
  CHECK_EQ(errno, 4242);
  CHECK_EQ(ledger_of(SIGUSR1).lost, 2);
}

static void kill_parent_usr1(void) {
  CHECK_EQ(kill(getppid(), SIGUSR1), 0);
}

CASE(kill_from_another_process_names_the_sender) {
  open_and_catch(0, SIGUSR1);
  pid_t child = start_child(kill_parent_usr1);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGUSR1, SI_USER, HELIOGRAPH_SENT);
  check_sender(&record, child);
  CHECK_EQ(record.value, 0);
  CHECK_EQ(record.status, 0);
  check_exits_with_0(child);
}

CASE(a_signal_to_a_thread_names_this_process) {
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(raise(SIGUSR1), 0);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGUSR1, SI_TKILL, HELIOGRAPH_SENT);
  check_sender(&record, getpid());
  CHECK_EQ(record.value, 0);
  CHECK_EQ(record.status, 0);
}

static void queue_to_parent(void) {
  queue_surely(getppid(), SIGRTMIN + 3, -123456789);
  queue_surely(getppid(), SIGUSR1, 42);
}

CASE(sigqueue_gives_its_value_and_its_sender) {
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGRTMIN + 3));
  CHECK_OK(heliograph_catch(SIGUSR1));
  pid_t child = start_child(queue_to_parent);
  for (int i = 0; i < 2; i++) {
    struct heliograph_record record = read_one();
    bool real_time = record.signal == SIGRTMIN + 3;
    check_plain(&record, real_time ? SIGRTMIN + 3 : SIGUSR1, SI_QUEUE, HELIOGRAPH_QUEUED);
    check_sender(&record, child);
    CHECK_EQ(record.value, real_time ? -123456789 : 42);
    CHECK_EQ(record.status, 0);
  }
  check_exits_with_0(child);
}

static void exit_with_7(void) {
  _exit(7);
}

static void die_by_kill(void) {
  kill(getpid(), SIGKILL);
}

static int go_on[2];

static void stop_and_wait(void) {
  char byte;
  close(go_on[1]);
  raise(SIGSTOP);
  CHECK_EQ(read(go_on[0], &byte, 1), 0);
}

static void check_child_change(const struct heliograph_record *record, pid_t child, int code, int status) {
  check_plain(record, SIGCHLD, code, HELIOGRAPH_CHILD_CHANGED);
  check_sender(record, child);
  CHECK_EQ(record->status, status);
  CHECK_EQ(record->value, 0);
}

CASE(SIGCHLD_tells_of_the_child) {
  open_and_catch(0, SIGCHLD);
  pid_t child = start_child(exit_with_7);
  struct heliograph_record record = read_one();
  check_child_change(&record, child, CLD_EXITED, 7);
  CHECK_EQ(WEXITSTATUS(status_of(child)), 7);

  child = start_child(die_by_kill);
  record = read_one();
  check_child_change(&record, child, CLD_KILLED, SIGKILL);
  check_dies_by(child, SIGKILL);
}

/* One change at a time: two SIGCHLD that follow each other closely are one. */
CASE(SIGCHLD_tells_of_stopping_and_continuing) {
  open_and_catch(0, SIGCHLD);
  CHECK_EQ(pipe(go_on), 0);
  pid_t child = start_child(stop_and_wait);
  struct heliograph_record record = read_one();
  check_child_change(&record, child, CLD_STOPPED, SIGSTOP);
  CHECK_EQ(kill(child, SIGCONT), 0);
  record = read_one();
  check_child_change(&record, child, CLD_CONTINUED, SIGCONT);
  CHECK_EQ(close(go_on[1]), 0);
  record = read_one();
  check_child_change(&record, child, CLD_EXITED, 0);
  check_exits_with_0(child);
}

CASE(SIGCHLD_that_was_sent_by_hand_is_no_child) {
  open_and_catch(0, SIGCHLD);
  queue_surely(getpid(), SIGCHLD, 5);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGCHLD, SI_QUEUE, HELIOGRAPH_QUEUED);
  check_sender(&record, getpid());
  CHECK_EQ(record.value, 5);
  CHECK_EQ(record.status, 0);
}

/* Blocked through many of its periods, so that the one signal that is pending has overruns to tell of. */
CASE(a_timer_gives_its_value_and_its_overrun) {
  struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGRTMIN + 5};
  struct itimerspec each_ms = {.it_value = {0, 1000000}, .it_interval = {0, 1000000}};
  const struct itimerspec never = {0};
  timer_t timer;
  open_and_catch(0, SIGRTMIN + 5);
  block(SIGRTMIN + 5);
  event.sigev_value.sival_int = 77;
  CHECK_EQ(timer_create(CLOCK_MONOTONIC, &event, &timer), 0);
  int64_t start = now_ns();
  CHECK_EQ(timer_settime(timer, 0, &each_ms, NULL), 0);
  while (now_ns() - start < 20 * 1000000)
    continue;
  unblock(SIGRTMIN + 5);
  CHECK_EQ(timer_settime(timer, 0, &never, NULL), 0);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGRTMIN + 5, SI_TIMER, HELIOGRAPH_TIMER_EXPIRED);
  check_no_process(&record);
  CHECK_EQ(record.value, 77);
  CHECK(record.status >= 10);
  CHECK_EQ(timer_delete(timer), 0);
}

CASE(a_signal_of_the_kernel_is_nobodys) {
  const struct itimerval once = {.it_value = {0, 1000}};
  open_and_catch(0, SIGALRM);
  CHECK_EQ(setitimer(ITIMER_REAL, &once, NULL), 0);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGALRM, SI_KERNEL, HELIOGRAPH_FROM_KERNEL);
  check_no_process(&record);
  CHECK_EQ(record.value, 0);
  CHECK_EQ(record.status, 0);
}

/* si_band and si_fd lie in siginfo's union where si_pid and si_value do. */
CASE(a_signal_of_a_descriptor_is_nobodys) {
  int ends[2];
  open_and_catch(0, SIGRTMIN + 1);
  CHECK_EQ(pipe(ends), 0);
  CHECK_EQ(fcntl(ends[0], F_SETOWN, getpid()), 0);
  CHECK_EQ(fcntl(ends[0], F_SETSIG, SIGRTMIN + 1), 0);
  CHECK_EQ(fcntl(ends[0], F_SETFL, O_ASYNC), 0);
  CHECK_EQ(write(ends[1], "x", 1), 1);
  struct heliograph_record record = read_one();
  check_plain(&record, SIGRTMIN + 1, POLL_IN, HELIOGRAPH_FROM_KERNEL);
  check_no_process(&record);
  CHECK_EQ(record.value, 0);
  CHECK_EQ(record.status, 0);
}

CASE(arrival_is_stamped_by_the_monotonic_clock) {
  open_and_catch(0, SIGUSR1);
  for (int i = 0; i < 100; i++) {
    int64_t before = now_ns();
    raise(SIGUSR1);
    int64_t after = now_ns();
    struct heliograph_record record = read_one();
    CHECK(before <= record.arrived_ns);
    CHECK(record.arrived_ns <= after);
  }
}

CASE(sequence_is_one_order_over_all_signals) {
  const int signals[] = {SIGUSR1, SIGTERM, SIGRTMIN, SIGHUP, SIGRTMAX};
  struct heliograph_record records[500];
  CHECK_OK(heliograph_open(0));
  for (int i = 0; i < 5; i++)
    CHECK_OK(heliograph_catch(signals[i]));
  for (int i = 0; i < 400; i++)
    raise(signals[i * 7 % 5]);
  CHECK_EQ(drain(records, 500), 400);
  for (int i = 0; i < 400; i++) {
    CHECK_EQ(records[i].signal, signals[i * 7 % 5]);
    CHECK_EQ(records[i].sequence, i + 1);
    CHECK(i == 0 || records[i - 1].arrived_ns <= records[i].arrived_ns);
  }
}

static _Atomic(int) beneath;

static void count_beneath(int signal) {
  (void)signal;
  atomic_fetch_add(&beneath, 1);
}

CASE(what_was_caught_can_be_passed_on_later) {
  set_handler(SIGTERM, count_beneath);
  open_and_catch(0, SIGTERM);
  raise(SIGTERM);
  CHECK_EQ(read_one().signal, SIGTERM);
  CHECK_EQ(atomic_load(&beneath), 0);
  block(SIGTERM);
  CHECK_OK(heliograph_pass_on(SIGTERM));
  settle();
  CHECK(is_blocked_here(SIGTERM));
  CHECK_EQ(atomic_load(&beneath), 1);
  CHECK_EQ(ledger_of(SIGTERM).arrived, 1); /* it was no arrival */
  unblock(SIGTERM);
  raise(SIGTERM);
  settle();
  CHECK_EQ(atomic_load(&beneath), 1);
}

static void pass_on_a_default(void) {
  open_and_catch(0, SIGTERM);
  raise(SIGTERM);
  CHECK_OK(heliograph_pass_on(SIGTERM));
}

CASE(passing_on_to_a_default_action_ends_the_process) {
  check_dies_by(start_child(pass_on_a_default), SIGTERM);
}
