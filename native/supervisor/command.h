/* The command: its start, and an end like its own. */
#ifndef HELIOGRAPH_SUPERVISOR_COMMAND_H
#define HELIOGRAPH_SUPERVISOR_COMMAND_H

#include <signal.h>
#include <sys/types.h>

/* What this process was given and hands on to the command. */
struct inheritance {
  sigset_t mask;
  struct sigaction on_child; /* of CHLD: a process that ignores it gets no exit statuses (POSIX, wait) */
};

/*
 * Forks, and lets the child become the command (execvp(3)). The child dies with this process. `result` is
 * then the read end of a pipe, non-blocking: an errno comes out of it, or its end if the command's program
 * runs. All signals are blocked. Returns the child's pid, or -errno.
 */
pid_t command_start(const struct inheritance *inheritance, char **command, int *result);

/* Lets go of the command's input, output and folder. */
void command_leave_files(void);

/* Ends this process as the child has ended: with its status, or by its signal, but without a core dump. */
_Noreturn void command_end_like(const siginfo_t *child);

#endif
