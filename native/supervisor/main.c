/*
 * heliograph-supervisor JVM_PID STATUS_FD ID GRACE_MS COMMAND [ARGUMENT…]
 *
 * Stands between a JVM and a command that it has started, and looks after the command's whole tree. It
 * reports to the JVM what becomes of the command, passes signals on to all descendants, kills them on order,
 * and ends them when the JVM is gone, however it ended. See protocol.h.
 *
 * It leads a process group in which the command is. Only a command whose input is the terminal stays in the
 * JVM's group.
 *
 * Descriptors 0 to 2 are open. STATUS_FD is the JVM's descriptor of the pipe for records. The command has
 * this process's input, output, environment, folder, signal mask and dispositions.
 */
#include "heliograph.h"
#include "supervisor/process.h"
#include "supervisor/supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { USAGE = 64, UNAVAILABLE = 69 };

static _Noreturn void refuse(int status, const char *what, const char *why) {
  (void)fprintf(stderr, "heliograph-supervisor: %s: %s\n", what, why);
  exit(status);
}

static int64_t number(const char *text) {
  char *end;
  errno = 0;
  long long value = strtoll(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < 0 || value > INT32_MAX)
    refuse(USAGE, text, "not a number");
  return value;
}

/*
 * Through /proc, since the JDK closes all descriptors of a child. This does not wait, and fails if no process
 * has the read end. The JVM must be our parent, or its pid is another process's by now. The file must be a
 * pipe before it is opened for writing: it could be any file.
 */
static int open_status(pid_t jvm, int fd) {
  char path[64];
  struct stat facts;
  if (!process_proc_is_ours())
    refuse(UNAVAILABLE, "/proc",
           "shows another pid namespace; mount one for this, as unshare --mount-proc does");
  (void)snprintf(path, sizeof path, "/proc/%d/fd/%d", (int)jvm, fd);
  int place = open(path, O_PATH | O_CLOEXEC);
  if (place < 0 || fstat(place, &facts) != 0)
    refuse(UNAVAILABLE, path, strerror(errno));
  if (!S_ISFIFO(facts.st_mode))
    refuse(UNAVAILABLE, path, "not a pipe");
  char opened[64];
  (void)snprintf(opened, sizeof opened, "/proc/self/fd/%d", place);
  int status = open(opened, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  if (status < 0)
    refuse(UNAVAILABLE, path, strerror(errno));
  close(place);
  if (getppid() != jvm)
    refuse(UNAVAILABLE, path, "the JVM is gone");
  (void)fcntl(status, F_SETFL, 0); /* report() blocks */
  return status;
}

int main(int argc, char **argv) {
  struct charge charge = {0};
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &charge.inheritance.mask);
  prctl(PR_SET_NAME, SUPERVISOR_NAME); /* see process_is_supervisor() */
  if (argc == 2 && strcmp(argv[1], "--version") == 0)
    return puts(HELIOGRAPH_VERSION) < 0 ? UNAVAILABLE : 0;
  if (argc < 6)
    refuse(USAGE, "usage", "heliograph-supervisor JVM_PID STATUS_FD ID GRACE_MS COMMAND [ARGUMENT...]");
  charge.jvm = (pid_t)number(argv[1]);
  charge.id = (int32_t)number(argv[3]);
  charge.grace_ms = number(argv[4]);
  charge.command = argv + 5;
  charge.status_fd = open_status(charge.jvm, (int)number(argv[2]));
  if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
    refuse(UNAVAILABLE, "prctl(PR_SET_CHILD_SUBREAPER)", strerror(errno));
  sigaction(SIGCHLD, &(struct sigaction){.sa_handler = SIG_DFL}, &charge.inheritance.on_child);
  supervise(&charge);
}
