/* For the tests of the supervisor. The test is the JVM. */
#ifndef HELIOGRAPH_TEST_SUPERVISED_H
#define HELIOGRAPH_TEST_SUPERVISED_H

#include "supervisor/protocol.h"

#include <stdbool.h>
#include <sys/types.h>

#define MOST_PIDS 64

/* Real-time signals queue: one that comes twice is seen twice, and the second kind comes behind the first. */
#define FIRST SIGRTMIN
#define SECOND (SIGRTMIN + 1)
#define THIRD (SIGRTMIN + 2)

struct supervised {
  pid_t supervisor;
  pid_t command; /* 0 if it did not start */
  int out;       /* the read end of its standard output */
};

/* The pipe of the JVM. Returns its write end, by which the supervisors find it. */
int open_status_pipe(void);
/* As if the JVM were gone. */
void close_status_pipe(void);

/* Starts a supervisor with the command. */
struct supervised supervise_command(int grace_ms, char *const command[]);
#define SUPERVISE(...) supervise_command(60000, (char *const[]){__VA_ARGS__, NULL})

/* As supervise_command(), but the supervisor's process does this first. */
struct supervised supervise_after(void (*first)(void), int grace_ms, char *const command[]);

/* Starts a tree of tree_member, and waits until all its members are there. */
struct supervised supervise_tree(int grace_ms, const char *depth, const char *width, const char *kind,
                                 int members, pid_t *pids);

/* Awaits a line "here PID" of each member. */
void expect_here(const struct supervised *child, int members, pid_t *pids);

/* The next record, which must be of this process. */
struct supervisor_record next_record(const struct supervised *child);
void expect_record(const struct supervised *child, int kind, int value);

/* The next line of output without its end; false at the end of the output. */
bool next_line(const struct supervised *child, char *line, size_t room);
void expect_line(const struct supervised *child, const char *expected);
/* Awaits a number of lines "got SIGNAL by SENDER", and nothing else. */
void expect_got(const struct supervised *child, int lines, int signal, pid_t sender);

/* Orders the supervisor to signal the tree; see SUPERVISOR_ORDER. */
void order(const struct supervised *child, int value);
void order_force(const struct supervised *child);
/* Orders it to kill all, and awaits its end. */
void force(struct supervised *child, const pid_t *pids, int count);

/* Sends the signal from a process that is not the JVM, which has ended when this returns. Returns its pid. */
pid_t send_from_outside(pid_t target, int signal);

/* Awaits the end of a process, without waiting for it as its parent would. */
void await_death(pid_t pid);

/* After the supervisor's end: none of them is left, not as a zombie either. */
void expect_gone(const pid_t *pids, int count);

#endif
