/* Who is told, of those that are forked while a supervisor tells a tree. The test is the supervisor. */
#include "../supervisor/process.h"
#include "../supervisor/tell.h"
#include "member.h"
#include "supervised.h"
#include "support.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(struct telling *telling) {
  tree_free(&telling->tree);
  tree_free(&telling->forking);
  end_members();
}

static struct telling look(void) {
  struct telling telling = {.signal = SIGTERM};
  tree_look(&telling.tree, NULL);
  return telling;
}

CASE(who_is_forked_after_the_look_is_told) {
  begin_members();
  struct member member = start_member(TERM_KILLS);
  struct telling telling = look();
  pid_t late = order(&member, FORK);
  tell_rest(&telling);
  check_dies_by(member.pid, SIGTERM);
  check_told(late);
  end(&telling);
}

CASE(whom_one_has_left_behind_since_the_look_is_told) {
  begin_members();
  struct member member = start_member(TERM_KILLS);
  struct telling telling = look();
  pid_t late = order(&member, FORK);
  order(&member, EXIT);
  check_exits_with_0(member.pid);
  tell_rest(&telling);
  check_told(late);
  end(&telling);
}

/* The second may have been told by the first by then, and its child may be to clean up. */
CASE(whom_a_handler_may_have_started_is_not_told) {
  begin_members();
  struct member first = start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_IS_CAUGHT);
  struct member third = start_member(TERM_KILLS);
  struct telling telling = look();
  pid_t of_first = order(&first, FORK);
  pid_t of_second = order(&second, FORK);
  pid_t of_third = order(&third, FORK);
  tell_rest(&telling);
  check_told(of_first); /* nobody had been told before */
  check_not_told(of_second);
  check_dies_by(third.pid, SIGTERM);
  check_told(of_third); /* its parent can have answered in no other way */
  end(&telling);
}

CASE(who_has_ended_is_no_survivor) {
  begin_members();
  struct member first = start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_KILLS);
  struct telling telling = look();
  order(&first, EXIT);
  await_death(first.pid);
  pid_t late = order(&second, FORK);
  order(&second, EXIT);
  await_death(second.pid);
  tell_rest(&telling);
  check_told(late);
  end(&telling);
}

/* It looks like one that the signal kills. */
CASE(who_waits_for_the_signal_is_a_survivor) {
  begin_members();
  struct member member = start_member(TERM_IS_BLOCKED);
  order(&member, AWAIT);
  struct telling telling = look();
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 1);
  CHECK_EQ(telling.forking.count, 0);
  (void)next_answer(&member); /* it has taken it */
  end(&telling);
}

/* As above: its child may be to clean up. */
CASE(whom_one_that_waits_for_the_signal_may_have_started_is_not_told) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT);
  struct member second = start_member(TERM_IS_BLOCKED);
  struct telling telling = look();
  pid_t of_second = order(&second, FORK);
  order(&second, AWAIT);
  tell_rest(&telling);
  (void)next_answer(&second); /* it has taken it */
  check_not_told(of_second);
  end(&telling);
}

/* By then it has no handler any more. */
CASE(who_handles_the_signal_once_is_a_survivor) {
  begin_members();
  (void)start_member(TERM_IS_CAUGHT_ONCE);
  struct telling telling = look();
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 1);
  CHECK_EQ(telling.forking.count, 0);
  end(&telling);
}

CASE(whom_the_signal_kills_is_no_survivor) {
  begin_members();
  struct member first = start_member(TERM_KILLS);
  struct member second = start_member(TERM_KILLS);
  struct telling telling = look();
  CHECK_OK(kill(second.pid, SIGSTOP));
  CHECK_OK(waitid(P_PID, (id_t)second.pid, &(siginfo_t){0}, WSTOPPED));
  tell_rest(&telling);
  CHECK_EQ(telling.survivors, 0);
  check_dies_by(first.pid, SIGTERM);
  CHECK(!process_is_over(second.pid)); /* it dies when it goes on */
  end(&telling);
}

static _Noreturn void *outlive(void *unused) {
  (void)unused;
  live_as_member();
}

/* Its state is that of its first thread, a zombie's. */
CASE_NOT_UNDER_TSAN(whose_first_thread_has_ended_is_not_over) {
  begin_members();
  pid_t pid = fork();
  CHECK_OK(pid);
  if (pid == 0) {
    pthread_t thread;
    CHECK_OK(-pthread_create(&thread, NULL, outlive, NULL));
    syscall(SYS_exit, 0);
  }
  while (!process_is_over(pid))
    sched_yield();
  CHECK(!process_answer(pid, SIGTERM).is_over);
  end_members();
}

/* CONT ends nobody, so that whoever comes later may have been started by one who goes on. */
CASE(whom_one_that_goes_on_forks_is_not_told) {
  begin_members();
  struct member first = start_member(TERM_KILLS);
  struct member second = start_member(TERM_KILLS);
  struct telling telling = look();
  telling.signal = SIGCONT;
  pid_t of_first = order(&first, FORK);
  pid_t of_second = order(&second, FORK);
  tell_rest(&telling);
  CHECK(tree_has(&telling.tree, of_first));
  CHECK(!tree_has(&telling.tree, of_second));
  end(&telling);
}
