/* For the tests of the supervisor: the test is the JVM. */
#ifndef HELIOGRAPH_TEST_SUPERVISED_H
#define HELIOGRAPH_TEST_SUPERVISED_H

#include "../supervisor/protocol.h"

#include <stdbool.h>
#include <sys/types.h>

#define MOST_PIDS 64

/* Real-time signals queue: one that comes twice is seen twice, and the second kind comes behind the first. */
#define FIRST SIGRTMIN
#define SECOND (SIGRTMIN + 1)
#define THIRD (SIGRTMIN + 2)

struct supervised {
  pid_t supervisor;
  pid_t command; /* 0 where it could not be started */
  int out;       /* the read end of its standard output */
};

/* The pipe of the JVM; its write end, which the supervisors go by. */
int open_status_pipe(void);
/* As if the JVM were gone. */
void close_status_pipe(void);

/* Starts a supervisor with the command, and takes its first record. */
struct supervised supervise_command(const char *above, int grace_ms, char *const command[]);
#define SUPERVISE(...) supervise_command("-", 60000, (char *const[]){__VA_ARGS__, NULL})

/* As supervise_command(), by a process that does this first. */
struct supervised supervise_after(void (*first)(void), const char *above, int grace_ms,
                                  char *const command[]);

/* Starts a tree of tree_member, and waits until all are there; their pids. */
struct supervised supervise_tree(int grace_ms, const char *depth, const char *width, const char *kind,
                                 int members, pid_t *pids);

/* The next record, which must be of this process. Those of SUPERVISOR_CAME are kept aside. */
struct supervisor_record next_record(const struct supervised *child);
void expect_record(const struct supervised *child, int kind, int value);

/* Whether such a one has come with this signal. */
bool was_told_came(int signal);

/* The next line of output without its end; false at the end of the output. */
bool next_line(const struct supervised *child, char *line, size_t room);
/* Awaits a number of lines "got SIGNAL by SENDER", and nothing else. */
void expect_got(const struct supervised *child, int lines, int signal, pid_t sender);

void ask_tree(const struct supervised *child, int value);
/* As the supervisor's clock. */
int64_t clock_ms(void);
/* For a signal that the JVM was sent then. To have been sent it with others it was before these were, here:
 * so it does not matter how long anybody is without a processor. */
void ask_tree_as_sent(const struct supervised *child, int signal, int64_t sent_ms);
/* For one that was sent to the whole group: here to the supervisor, on behalf of all. */
void ask_tree_as_sent_to_group(const struct supervised *child, int signal);
/* Sends it from another process, as somebody who is not the JVM; by then it has come. Whose it was. */
pid_t send_from_outside(pid_t target, int signal);
void force_tree(const struct supervised *child);
/* All are killed, and the supervisor then ends. */
void force(struct supervised *child, const pid_t *pids, int count);

/* Not its taking. */
void await_death(pid_t pid);

/* After the supervisor's end: none of them is left, not as a zombie either. */
void expect_gone(const pid_t *pids, int count);

#endif
