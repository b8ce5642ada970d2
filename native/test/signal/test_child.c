/*
 * What a signal does in a child that is made in another way than by fork(3) and has not called exec yet: what
 * it would do there without the library, and nothing to the parent.
 */
#include "test/support.h"
#include "test/test.h"

#include <linux/sched.h>
#include <sched.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char stack[64 * 1024] __attribute__((aligned(16)));
static int raised;

/* It uses system calls alone: it may share the parent's memory. */
static void raise_here(void) {
  syscall(SYS_tgkill, syscall(SYS_getpid), syscall(SYS_gettid), raised);
}

static int raise_and_exit(void *unused) {
  (void)unused;
  raise_here();
  _exit(0);
}

static pid_t clone_with(int flags) {
  return clone(raise_and_exit, stack + sizeof stack, flags | SIGCHLD, NULL);
}

static pid_t by_clone(void) {
  return clone_with(0);
}

static pid_t by_clone_vm(void) {
  return clone_with(CLONE_VM);
}

static pid_t by_clone_vm_vfork(void) {
  return clone_with(CLONE_VM | CLONE_VFORK);
}

static pid_t by_clone_sighand(void) {
  return clone_with(CLONE_VM | CLONE_SIGHAND);
}

static pid_t by_vfork(void) {
  pid_t child = vfork(); /* NOLINT: what this is about */
  if (child == 0) {
    raise_here(); /* NOLINT: system calls alone */
    _exit(0);
  }
  return child;
}

static pid_t by_system_call(void) {
  pid_t child = (pid_t)syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, 0);
  if (child == 0)
    raise_and_exit(NULL);
  return child;
}

static pid_t by_clone3(void) {
  struct clone_args arguments;
  memset(&arguments, 0, sizeof arguments);
  arguments.exit_signal = SIGCHLD;
  pid_t child = (pid_t)syscall(SYS_clone3, &arguments, sizeof arguments);
  if (child == 0)
    raise_and_exit(NULL);
  return child;
}

static pid_t (*const ways[])(void) = {by_vfork,          by_clone,       by_clone_vm,
                                      by_clone_vm_vfork, by_system_call, by_clone3};

enum { WAYS = sizeof ways / sizeof *ways };

static int status_of_one(pid_t (*way)(void)) {
  pid_t child = way();
  CHECK_OK(child);
  return status_of(child);
}

static void check_killed(int status, int signal) {
  CHECK(WIFSIGNALED(status));
  CHECK_EQ(WTERMSIG(status), signal);
}

static void check_exited(int status, int expected) {
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), expected);
}

/* The parent has its handler and its pipe, and waits for nobody. */
static void check_parent_is_untouched(int signal) {
  struct tally tally = {0};
  struct heliograph_disposition disposition;
  CHECK_OK(heliograph_get_disposition(signal, &disposition));
  CHECK_EQ(disposition.ours, 1);
  raise_surely(signal);
  drain_into(&tally);
  check_ledger(signal, 1, &tally);
  CHECK_OK(heliograph_restore(signal));
  CHECK_OK(heliograph_close());
}

CASE_NOT_UNDER_TSAN(it_dies_from_a_caught_signal_that_was_at_its_default) {
  raised = SIGUSR1;
  for (size_t i = 0; i < WAYS; i++) {
    open_and_catch(0, SIGUSR1);
    check_killed(status_of_one(ways[i]), SIGUSR1);
    check_parent_is_untouched(SIGUSR1);
  }
}

CASE_NOT_UNDER_TSAN(it_dies_from_an_observed_signal_that_was_at_its_default) {
  struct tally tally = {0};
  raised = SIGTERM;
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_observe(SIGTERM));
  for (size_t i = 0; i < WAYS; i++)
    check_killed(status_of_one(ways[i]), SIGTERM);
  drain_into(&tally);
  check_ledger(SIGTERM, 0, &tally);
}

static void exit_with_7(int signal) {
  if (signal == raised)
    _exit(7);
}

CASE_NOT_UNDER_TSAN(the_handler_that_was_there_is_called_in_it) {
  raised = SIGUSR1;
  for (size_t i = 0; i < WAYS; i++) {
    set_handler(SIGUSR1, exit_with_7);
    open_and_catch(0, SIGUSR1);
    check_exited(status_of_one(ways[i]), 7);
    check_parent_is_untouched(SIGUSR1);
  }
}

CASE_NOT_UNDER_TSAN(a_signal_that_was_ignored_does_nothing_to_it) {
  raised = SIGUSR1;
  for (size_t i = 0; i < WAYS; i++) {
    (void)signal(SIGUSR1, SIG_IGN);
    open_and_catch(0, SIGUSR1);
    check_exited(status_of_one(ways[i]), 0);
    check_parent_is_untouched(SIGUSR1);
  }
}

CASE_NOT_UNDER_TSAN(a_signal_whose_default_is_nothing_does_nothing_to_it) {
  raised = SIGWINCH;
  for (size_t i = 0; i < WAYS; i++) {
    open_and_catch(0, SIGWINCH);
    check_exited(status_of_one(ways[i]), 0);
    check_parent_is_untouched(SIGWINCH);
  }
}

/* As a job of a shell: our handler is there still when it goes on. */
CASE_NOT_UNDER_TSAN(it_stops_and_goes_on) {
  int status;
  raised = SIGTSTP;
  open_and_catch(0, SIGTSTP);
  CHECK_EQ(setpgid(0, 0), 0); /* not an orphaned group, in which TSTP does nothing */
  pid_t child = by_clone_vm();
  CHECK_OK(child);
  CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
  CHECK(WIFSTOPPED(status));
  CHECK_OK(kill(child, SIGCONT));
  check_exited(status_of(child), 0);
  check_parent_is_untouched(SIGTSTP);
}

/* Its dispositions are the parent's, and stay. */
CASE_NOT_UNDER_TSAN(where_it_shares_the_dispositions_it_is_killed) {
  raised = SIGUSR1;
  open_and_catch(0, SIGUSR1);
  check_killed(status_of_one(by_clone_sighand), SIGKILL);
  check_parent_is_untouched(SIGUSR1);
  set_handler(SIGUSR1, exit_with_7);
  open_and_catch(0, SIGUSR1);
  check_exited(status_of_one(by_clone_sighand), 7);
  check_parent_is_untouched(SIGUSR1);
}

static int raise_in_thread(void *unused) {
  (void)unused;
  raise_here();
  syscall(SYS_exit, 0);
  return 0;
}

/* A thread by whatever means is no child. */
CASE_NOT_UNDER_SANITIZERS(a_thread_by_clone_is_of_the_parent) {
  raised = SIGUSR1;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(clone(raise_in_thread, stack + sizeof stack, CLONE_VM | CLONE_SIGHAND | CLONE_THREAD, NULL));
  CHECK_EQ(read_one().signal, SIGUSR1);
}

/* While the parent's threads are in the handler, too. */
static atomic_bool stop;

static void *raise_until_stopped(void *count) {
  while (!atomic_load(&stop)) {
    (void)raise(SIGUSR1);
    ++*(uint64_t *)count;
  }
  return NULL;
}

CASE_NOT_UNDER_TSAN(under_fire_nothing_is_lost_or_counted_twice) {
  struct reader reader;
  pthread_t thread;
  uint64_t sent = 0;
  raised = SIGUSR1;
  open_and_catch(0, SIGUSR1);
  start_reader(&reader, UINT64_MAX);
  CHECK_EQ(pthread_create(&thread, NULL, raise_until_stopped, &sent), 0);
  for (int times = 0; times < LOOPS(100); times++)
    for (size_t i = 0; i < WAYS; i++)
      check_killed(status_of_one(ways[i]), SIGUSR1);
  atomic_store(&stop, true);
  CHECK_EQ(pthread_join(thread, NULL), 0);
  while (ledger_of(SIGUSR1).dispatched + ledger_of(SIGUSR1).lost < sent)
    sched_yield();
  CHECK_EQ(ledger_of(SIGUSR1).arrived, sent);
}
