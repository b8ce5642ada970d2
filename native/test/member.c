#include "member.h"

#include "../supervisor/process.h"
#include "../supervisor/tell.h"
#include "support.h"
#include "test.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int life[2];

_Noreturn void live_as_member(void) {
  char none;
  block(SIGTERM);
  close(life[1]);
  (void)!read(life[0], &none, 1);
  _exit(0);
}

static pid_t fork_surely(void) {
  pid_t child = fork();
  CHECK_OK(child);
  return child;
}

static void answer(int answers, pid_t pid) {
  CHECK_EQ(write(answers, &pid, sizeof pid), sizeof pid);
}

static void give_birth(int answers) {
  if (fork_surely() == 0) {
    block(SIGTERM);
    answer(answers, getpid());
    live_as_member();
  }
}

static void die(void) {
  set_handler(SIGTERM, SIG_DFL);
  unblock(SIGTERM);
}

static void await_term(void) {
  sigset_t term;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  while (sigwaitinfo(&term, NULL) != SIGTERM)
    ;
}

static _Noreturn void obey(int orders, int answers) {
  enum member_order order;
  answer(answers, 0); /* ready */
  while (read(orders, &order, sizeof order) == sizeof order) {
    if (order == EXIT)
      _exit(0);
    if (order == DIE)
      die();
    if (order == FORK)
      give_birth(answers);
    if (order == AWAIT) {
      await_term();
      answer(answers, 0);
    }
  }
  _exit(0);
}

static void nothing(int signal) {
  (void)signal;
}

pid_t next_answer(const struct member *member) {
  pid_t pid;
  CHECK_EQ(read(member->answers, &pid, sizeof pid), sizeof pid);
  return pid;
}

static void become(enum member_kind kind) {
  if (kind == TERM_IS_CAUGHT)
    set_handler(SIGTERM, nothing);
  if (kind == TERM_IS_CAUGHT_ONCE)
    set_action(SIGTERM,
               &(struct sigaction){.sa_handler = nothing, .sa_flags = (int)(SA_RESETHAND | SA_RESTART)});
  if (kind == TERM_KILLS || kind == TERM_IS_CAUGHT_ONCE)
    unblock(SIGTERM);
}

struct member start_member(enum member_kind kind) {
  struct member member;
  int orders[2];
  int answers[2];
  CHECK_OK(pipe2(orders, O_CLOEXEC));
  CHECK_OK(pipe2(answers, O_CLOEXEC));
  member.pid = fork_surely();
  member.orders = orders[1];
  member.answers = answers[0];
  if (member.pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a stopped one sees no end of a pipe */
    close(life[1]);
    close(orders[1]);
    become(kind);
    obey(orders[0], answers[1]);
  }
  close(orders[0]);
  close(answers[1]);
  (void)next_answer(&member);
  return member;
}

pid_t order(const struct member *member, enum member_order what) {
  CHECK_EQ(write(member->orders, &what, sizeof what), sizeof what);
  if (what == AWAIT) /* it is not blocked meanwhile */
    while (process_answer(member->pid, SIGTERM).is_blocked || !is_asleep(member->pid))
      sched_yield();
  return what == FORK ? next_answer(member) : 0;
}

void begin_members(void) {
  CHECK_OK(prctl(PR_SET_CHILD_SUBREAPER, 1));
  CHECK_OK(pipe2(life, O_CLOEXEC));
  block(SIGTERM);
}

void check_told(pid_t pid) {
  CHECK(process_has_pending(pid, SIGTERM));
}

void check_not_told(pid_t pid) {
  CHECK(!process_is_over(pid));
  CHECK(!process_has_pending(pid, SIGTERM));
}

void end_members(void) {
  pid_t denied;
  do
    (void)kill_tree(&denied);
  while (waitpid(-1, NULL, 0) > 0);
}
