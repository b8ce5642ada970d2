/* Members of a tree that do what the test tells them to. The test is what a supervisor else is: a subreaper.
 */
#ifndef HELIOGRAPH_TEST_MEMBER_H
#define HELIOGRAPH_TEST_MEMBER_H

#include <sys/types.h>

/* KILLS: its default action. CAUGHT_ONCE: with SA_RESETHAND. In CAUGHT it is blocked, too. */
enum member_kind { TERM_KILLS, TERM_IS_BLOCKED, TERM_IS_CAUGHT, TERM_IS_CAUGHT_ONCE };

enum member_order {
  FORK,
  EXIT,
  AWAIT, /* TERM, by sigwaitinfo(2), and then answer. It sleeps there when order() returns. */
  DIE    /* of the TERM that it has been sent */
};

struct member {
  pid_t pid;
  int orders;
  int answers;
};

/* To be called first. TERM is blocked from then on. */
void begin_members(void);

/* It is ready when this returns. It ends with the test. */
struct member start_member(enum member_kind kind);

/* FORK: the pid of the child, which lives as live_as_member() does. */
pid_t order(const struct member *member, enum member_order what);

/* That the TERM has come that it awaited. */
pid_t next_answer(const struct member *member);

/* Until the test ends. TERM is blocked, so that it can be seen pending. */
_Noreturn void live_as_member(void);

/* Of one that blocks TERM. */
void check_told(pid_t pid);
void check_not_told(pid_t pid);

/* Kills all descendants, and takes their ends. */
void end_members(void);

#endif
