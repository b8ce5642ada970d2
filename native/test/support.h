/* What several test programs share. Each function fails the test if it cannot do what it says. */
#ifndef HELIOGRAPH_TEST_SUPPORT_H
#define HELIOGRAPH_TEST_SUPPORT_H

#include "heliograph.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

/* Sums over records, by signal. */
struct tally {
  uint64_t total[65];   /* of counts, lost ones too */
  uint64_t lost[65];    /* of the counts of HELIOGRAPH_LOST */
  uint64_t details[65]; /* records of one arrival each */
  uint64_t all;         /* of counts, over all signals */
  uint64_t last_sequence;
};

/* Adds records, and checks that their sequence goes on from the last one's without a gap. */
void add_to_tally(struct tally *tally, const struct heliograph_record *records, ssize_t count);

/* Reads all that has arrived, without waiting; to be called when no signal is under way. */
void drain_into(struct tally *tally);

/* Reads all that has arrived, at most max: for a test that looks at the records. */
size_t drain(struct heliograph_record *records, size_t max);

/* As heliograph_read(), but waits for at least one record. */
ssize_t read_some(struct heliograph_record *records, size_t max);

/* Waits for one record. */
struct heliograph_record read_one(void);

/* A thread that reads into a tally, until the tally's sum is `until`. */
struct reader {
  pthread_t thread;
  struct tally tally;
  uint64_t until;
  _Atomic(pid_t) tid;
};
void start_reader(struct reader *reader, uint64_t until);
void join_reader(struct reader *reader);

struct heliograph_counts ledger_of(int signal);
/* arrived = dispatched + lost, all of them in the tally, and `arrived` of them. */
void check_ledger(int signal, uint64_t arrived, const struct tally *tally);

void open_and_catch(size_t pipe_bytes, int signal);

struct sigaction action_of(int signal);
void set_action(int signal, const struct sigaction *action);
void set_handler(int signal, void (*handler)(int));
/* The same handler, mask and flags. */
void check_same_action(const struct sigaction *actual, const struct sigaction *expected);

/*
 * To be called after a signal was sent to this thread in another way than raise() or kill(): its handler has
 * run when this returns. Without TSan, it ran before the sending returned (POSIX, kill()).
 */
void settle(void);

/*
 * raise(3), repeated until it is sent: a real-time signal does not fit if the user's queue is full (EAGAIN).
 */
void raise_surely(int signal);
/* sigqueue(3), the same. Other processes of the user may have filled the queue. */
void queue_surely(pid_t pid, int signal, int value);

/* How many signals may be queued for this process; 0: none. */
void limit_the_queue(unsigned long length);

void block(int signal);
void unblock(int signal);
bool is_blocked_here(int signal);

/* Whether the bit of the signal is set in a line of /proc ("SigIgn", "SigCgt", "SigBlk") of one of our
 * threads. */
bool proc_says(pid_t tid, const char *line, int signal);
/* Whether the thread, another process's too, sleeps in a system call, as /proc says. Async-signal-safe. */
bool is_asleep(pid_t tid);
pid_t thread_id(void);
int open_descriptors(void);

/* A child that runs body and exits with 0. It dies with the test. */
pid_t start_child(void (*body)(void));
int status_of(pid_t child);
void check_exits_with_0(pid_t child);
void check_dies_by(pid_t child, int signal);

#endif
