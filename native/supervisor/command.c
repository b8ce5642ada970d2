#include "supervisor/command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* PR_SET_PDEATHSIG is about the thread that forked; this supervisor has no other. If the supervisor has ended
 * before the call, nothing would kill the command. */
static _Noreturn void become(const struct inheritance *inheritance, char **command, pid_t supervisor,
                             int result) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor)
    _exit(127);
  sigaction(SIGCHLD, &inheritance->on_child, NULL);
  sigprocmask(SIG_SETMASK, &inheritance->mask, NULL);
  execvp(command[0], command);
  int error = errno;
  (void)!write(result, &error, sizeof error);
  _exit(127);
}

pid_t command_start(const struct inheritance *inheritance, char **command, int *result) {
  int ends[2];
  pid_t supervisor = getpid();
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return -errno;
  pid_t child = fork();
  int error = errno;
  if (child == 0)
    become(inheritance, command, supervisor, ends[1]);
  close(ends[1]);
  *result = ends[0];
  if (child > 0)
    return child;
  close(ends[0]);
  return -error;
}

void command_leave_files(void) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  for (int fd = 0; fd <= 2; fd++)
    if (null < 0 || dup2(null, fd) < 0)
      close(fd);
  if (null > 2)
    close(null);
  (void)!chdir("/");
}

_Noreturn void command_end_like(const siginfo_t *child) {
  sigset_t its;
  if (child->si_code == CLD_EXITED)
    exit(child->si_status);
  prctl(PR_SET_DUMPABLE, 0);
  sigaction(child->si_status, &(struct sigaction){.sa_handler = SIG_DFL}, NULL);
  sigemptyset(&its);
  sigaddset(&its, child->si_status);
  (void)raise(child->si_status);
  sigprocmask(SIG_UNBLOCK, &its, NULL);
  exit(128 + child->si_status);
}
