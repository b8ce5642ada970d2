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

/* Whether it neither catches nor ignores the signal. */
bool process_has_default_action(pid_t pid, int signal);

/* Whether it catches, ignores or blocks the signal, so that the default action does not end it at once. */
bool process_may_outlive(pid_t pid, int signal);

/* Whether /proc shows the pid namespace that this process is in; without, all of it is about others. */
bool process_proc_is_ours(void);

/* The number of the pid namespace that this process is in (namespaces(7)); 0 where nobody tells. */
uint64_t process_namespace(void);

#endif
