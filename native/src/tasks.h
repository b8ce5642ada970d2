/* The threads of this process, as /proc tells of them. No memory is allocated. */
#ifndef HELIOGRAPH_TASKS_H
#define HELIOGRAPH_TASKS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* What proc(5) says of a thread's signals: bit n-1 is signal n. */
struct task_signals {
  uint64_t pending; /* sent to this thread alone */
  uint64_t blocked;
  char state; /* R: has a processor or waits for one; S: sleeps; D: does so where no signal wakes it */
};

/*
 * Calls for each thread until one answers false, each thread once a call. `seen` remembers those of earlier
 * calls, which are left out; see heliograph_tasks_seen().
 */
struct tasks_seen;
typedef bool (*tasks_visitor)(pid_t tid, void *argument);
void heliograph_tasks_each(struct tasks_seen *seen, tasks_visitor visitor, void *argument);

/* NULL where there is no memory. */
struct tasks_seen *heliograph_tasks_seen(void);
void heliograph_tasks_forget(struct tasks_seen *seen);

/* False where the thread has ended, be it a first one that stays as a zombie, or where there is no /proc. */
bool heliograph_task_signals(pid_t tid, struct task_signals *signals);

/* When the thread started (0: the calling one), in clock ticks since boot; -1 where it cannot be told. */
int64_t heliograph_task_started(pid_t tid);

/* How long it has had a processor; 0 where it has ended. */
int64_t heliograph_task_used_ns(pid_t tid);

/* This moment, on the clock of its start. */
int64_t heliograph_task_now(void);

/* Whether a signal waits for any process of this user: a hint that is cheaper than to ask each thread. */
bool heliograph_tasks_may_have_pending(void);

/* How many threads of this process have the name. */
int heliograph_tasks_named(const char *name);

#endif
