/* The command: its start, and an end like its own. */
#ifndef HELIOGRAPH_SUPERVISOR_COMMAND_H
#define HELIOGRAPH_SUPERVISOR_COMMAND_H

#include <signal.h>
#include <sys/types.h>

/* What was handed to this process and is to be handed on. */
struct inheritance {
  sigset_t mask;
  struct sigaction on_child; /* of CHLD: who ignores it has no exit statuses of his children (POSIX, wait) */
  const char *above;         /* the supervisors above: see above.h; empty where there is none */
};

#define SUPERVISORS_VARIABLE "HELIOGRAPH_SUPERVISORS"

/*
 * Forks, and lets the child become the command (execvp(3)). It dies with this process. `result` is then the
 * read end of a pipe, non-blocking: an errno comes out of it, or its end where the command's program runs.
 * `missed` are signals that this process has pending and that came before the child did, so that it has them
 * not. All signals are blocked. The child's pid, or -errno.
 */
pid_t command_start(const struct inheritance *inheritance, char **command, int *result, sigset_t *missed);

/* The command's own input, output and folder are not to be held by somebody who does nothing with them. */
void command_leave_files(void);

/* Ends this process as a child has ended: with its status, or by its signal, but without a core dump. */
_Noreturn void command_end_like(const siginfo_t *child);

#endif
