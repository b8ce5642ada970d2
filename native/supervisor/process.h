/* What /proc says about a process. The pid may be another process's by the time it is read. */
#ifndef HELIOGRAPH_SUPERVISOR_PROCESS_H
#define HELIOGRAPH_SUPERVISOR_PROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/* The name of a supervisor's process in /proc, which has room for 15 letters. */
#define SUPERVISOR_NAME "heliograph-sup"

/* 0 if the process is gone. */
pid_t process_parent(pid_t pid);

/* True for a zombie, too. */
bool process_is_over(pid_t pid);

bool process_is_supervisor(pid_t pid);

/*
 * Whether a terminal's stop signal stops the process. It does not in an orphaned process group: one in which
 * no member's parent is in another group of the same session (POSIX, Base Definitions, 3.264).
 */
bool process_can_stop(pid_t pid);

/* Whether /proc is that of this process's pid namespace. Any other one shows other processes' pids. */
bool process_proc_is_ours(void);

#endif
