/*
 * how_ended REPORT COMMAND [ARGUMENT…]
 *
 * Runs the command as a child, with this program's own input and output, and tells how it ended: REPORT then
 * has one line, "exited N" or "signaled N". The child's pid is in REPORT.pid as soon as there is a child.
 * Both files appear whole. A shell would tell 143 and "ended by SIGTERM" apart no better than Java does;
 * waitpid(2) does.
 *
 * It forwards nothing, and no signal to the process group ends it before it has reported.
 */
#include "test/helpers/ending.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t start(char **command) {
  pid_t child = fork();
  if (child < 0)
    fail("fork");
  if (child > 0)
    return child;
  start_from_the_defaults();
  become(command);
}

int main(int argc, char **argv) {
  sigset_t all;
  int status;
  if (argc < 3) {
    fputs("usage: how_ended REPORT COMMAND [ARGUMENT...]\n", stderr);
    return 64;
  }
  sigfillset(&all);
  /* Before the fork: a Ctrl-C is the child's alone, from the first moment. */
  sigprocmask(SIG_SETMASK, &all, NULL);
  pid_t child = start(argv + 2);
  tell(argv[1], ".pid", "%d\n", (int)child);
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      fail("waitpid");
  tell_ending(argv[1], status);
  return 0;
}
