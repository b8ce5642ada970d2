/* What /proc tells of a process. Its pid may be another one's by the time that one reads it. */
#ifndef HELIOGRAPH_SUPERVISOR_PROCESS_H
#define HELIOGRAPH_SUPERVISOR_PROCESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* 0 where it is gone. */
pid_t process_parent(pid_t pid);

/* Whether it has ended, be it that nobody has taken its end yet. */
bool process_is_over(pid_t pid);

/* Whether it has the signal, as a process, and no thread has taken it yet. */
bool process_has_pending(pid_t pid, int signal);

/* How a process and a signal stand to each other. */
struct answer {
  bool is_over;
  bool is_dying;
  bool is_stopped;
  bool is_running; /* or in a sleep that no signal ends */
  bool is_blocked; /* not while sigwait(3) waits for it, as in the kernel */
  bool is_handled; /* caught or ignored */
};

/* Over where it is gone. */
struct answer process_answer(pid_t pid, int signal);

/* Whether /proc shows the pid namespace that this process is in; without, all of it is about others. */
bool process_proc_is_ours(void);

/* The number of the pid namespace that this process is in (namespaces(7)); 0 where nobody tells. */
uint64_t process_namespace(void);

#endif
