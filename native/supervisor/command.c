#include "command.h"

#include "above.h"
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

/* In the child. Its parent has one thread, so that memory may be allocated here. */
static int add_supervisor(const char *above, pid_t supervisor) {
  char *value = above_with(above, supervisor);
  if (value == NULL)
    return ENOMEM;
  int result = setenv(SUPERVISORS_VARIABLE, value, 1) == 0 ? 0 : errno;
  free(value);
  return result;
}

/* Until nobody can write to it. */
static void await_leave(const int leave[2]) {
  char none;
  close(leave[1]);
  (void)!read(leave[0], &none, 1);
}

static _Noreturn void become(const struct inheritance *inheritance, char **command, pid_t supervisor,
                             const int leave[2], int tell) {
  /* Of the thread that forked; this supervisor has no other. Where it has ended before, nobody would kill us.
   */
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor)
    _exit(127);
  int error = add_supervisor(inheritance->above, supervisor);
  await_leave(leave);
  if (error == 0) {
    sigaction(SIGCHLD, &inheritance->on_child, NULL);
    sigprocmask(SIG_SETMASK, &inheritance->mask, NULL);
    execvp(command[0], command);
    error = errno;
  }
  (void)!write(tell, &error, sizeof error);
  _exit(127);
}

/*
 * What was sent to the whole group before the fork is pending here, and not there; later, it is both. During
 * the fork, too (fork() in the kernel: a signal to several processes comes before it or after). Who looks
 * here first, and there then, finds no one that comes meanwhile here alone: the kernel tells younger members
 * first.
 */
static void find_missed(pid_t child, sigset_t *missed) {
  sigset_t here;
  sigemptyset(missed);
  sigpending(&here);
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    if (sigismember(&here, signal) == 1 && !process_has_pending(child, signal))
      sigaddset(missed, signal);
}

pid_t command_start(const struct inheritance *inheritance, char **command, int *result, sigset_t *missed) {
  int ends[2];
  int leave[2];
  pid_t supervisor = getpid();
  if (pipe2(leave, O_CLOEXEC) != 0)
    return -errno;
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
    return -errno;
  pid_t child = fork();
  int error = errno;
  if (child == 0)
    become(inheritance, command, supervisor, leave, ends[1]);
  if (child > 0)
    find_missed(child, missed);
  close(leave[0]);
  close(leave[1]);
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
