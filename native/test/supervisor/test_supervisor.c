/* What a supervisor tells of its command, and what the command is given. */
#include "test/supervisor/supervised.h"
#include "test/support.h"
#include "test/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void expect_end(struct supervised *child, int kind, int value) {
  struct supervisor_record started = next_record(child);
  CHECK_EQ(started.kind, SUPERVISOR_STARTED);
  child->command = started.pid;
  expect_record(child, kind, value);
  expect_record(child, SUPERVISOR_EMPTY, 0);
}

CASE(an_exit_is_told_with_its_status_and_is_the_supervisors_own) {
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c", "exit 143");
  expect_end(&child, SUPERVISOR_EXITED, 143);
  int status = status_of(child.supervisor);
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 143);
}

CASE(death_by_a_signal_is_told_and_is_the_supervisors_own) {
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c", "kill -TERM $$");
  expect_end(&child, SUPERVISOR_KILLED, SIGTERM);
  check_dies_by(child.supervisor, SIGTERM);
}

static void abort_itself(void) {
  abort();
}

/* Whether a core is dumped is the system's choice (core(5)); so a child of the test's own shows which it is.
 */
CASE(a_core_dump_is_told_and_the_supervisor_leaves_none) {
  struct rlimit core;
  char folder[] = "/tmp/heliograph-test-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  CHECK_OK(chdir(folder));
  CHECK_OK(getrlimit(RLIMIT_CORE, &core));
  core.rlim_cur = core.rlim_max;
  CHECK_OK(setrlimit(RLIMIT_CORE, &core));
  int own = status_of(start_child(abort_itself));
  open_status_pipe();
  /* A sanitizer has lowered the supervisor's limit. */
  struct supervised child = SUPERVISE("sh", "-c", "ulimit -S -c $(ulimit -H -c); kill -ABRT $$");
  expect_end(&child, WCOREDUMP(own) ? SUPERVISOR_DUMPED : SUPERVISOR_KILLED, SIGABRT);
  int status = status_of(child.supervisor);
  CHECK_EQ(WTERMSIG(status), SIGABRT);
  CHECK(!WCOREDUMP(status));
  CHECK_OK(system("rm -f core*"));
  CHECK_OK(rmdir(folder));
}

CASE(a_command_that_is_not_there_fails_with_its_errno) {
  open_status_pipe();
  struct supervised child = SUPERVISE("/no/such/command");
  expect_record(&child, SUPERVISOR_FAILED, ENOENT);
  CHECK_EQ(WEXITSTATUS(status_of(child.supervisor)), 127);
}

CASE(a_command_that_cannot_be_run_fails_with_its_errno) {
  open_status_pipe();
  struct supervised child = SUPERVISE("/etc/passwd");
  expect_record(&child, SUPERVISOR_FAILED, EACCES);
  CHECK_EQ(WEXITSTATUS(status_of(child.supervisor)), 127);
}

CASE(stopping_and_going_on_are_told) {
  pid_t pid;
  open_status_pipe();
  struct supervised child = supervise_tree(60000, "0", "0", "", 1, &pid);
  CHECK_EQ(pid, child.command);
  order(&child, SIGSTOP);
  expect_record(&child, SUPERVISOR_STOPPED, SIGSTOP);
  CHECK_OK(kill(pid, SIGCONT));
  expect_record(&child, SUPERVISOR_CONTINUED, SIGCONT);
  order(&child, SIGTERM);
  expect_record(&child, SUPERVISOR_EXITED, 0);
}

/* What a shell shows of a line of its own /proc/self/status. */
static bool shown(const struct supervised *child, const char *name, int signal) {
  char line[128];
  CHECK(next_line(child, line, sizeof line));
  CHECK(strncmp(line, name, strlen(name)) == 0);
  return (strtoull(line + strlen(name) + 1, NULL, 16) >> (signal - 1) & 1) != 0;
}

CASE(the_command_has_the_mask_and_the_dispositions_that_the_supervisor_was_given) {
  open_status_pipe();
  block(SIGUSR1);
  signal(SIGHUP, SIG_IGN);
  signal(SIGCHLD, SIG_IGN);
  struct supervised child = SUPERVISE("grep", "-E", "SigBlk|SigIgn", "/proc/self/status");
  signal(SIGCHLD, SIG_DFL);
  expect_end(&child, SUPERVISOR_EXITED, 0); /* also where CHLD is ignored */
  char line[128];
  CHECK(next_line(&child, line, sizeof line));
  CHECK_TEXT(line, "SigBlk:\t0000000000000200");
  CHECK(shown(&child, "SigIgn:", SIGHUP));
}

CASE(ignored_children_stay_ignored_in_the_command) {
  open_status_pipe();
  signal(SIGCHLD, SIG_IGN);
  struct supervised child = SUPERVISE("grep", "SigIgn", "/proc/self/status");
  signal(SIGCHLD, SIG_DFL);
  expect_end(&child, SUPERVISOR_EXITED, 0);
  CHECK(shown(&child, "SigIgn:", SIGCHLD));
}

CASE(no_descriptor_gets_into_the_command) {
  char line[128];
  for (int fd = 3; fd < 1024; fd++)
    close(fd); /* what the test's own parent has left open */
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c", "echo /proc/self/fd/*");
  CHECK(next_line(&child, line, sizeof line));
  /* 3 is the folder that the shell lists. */
  CHECK_TEXT(line, "/proc/self/fd/0 /proc/self/fd/1 /proc/self/fd/2 /proc/self/fd/3");
  expect_end(&child, SUPERVISOR_EXITED, 0);
}

CASE(the_output_ends_with_the_command_though_a_daemon_lives) {
  char line[128];
  open_status_pipe();
  struct supervised child = SUPERVISE("sh", "-c", "setsid sleep 1000 >/dev/null & echo $!");
  CHECK(next_line(&child, line, sizeof line));
  CHECK(!next_line(&child, line, sizeof line));
  child.command = next_record(&child).pid;
  expect_record(&child, SUPERVISOR_EXITED, 0);
  pid_t daemon = (pid_t)strtol(line, NULL, 10);
  CHECK_OK(kill(daemon, SIGKILL));
  expect_record(&child, SUPERVISOR_EMPTY, 0);
  check_exits_with_0(child.supervisor);
  expect_gone(&daemon, 1);
}

CASE(a_supervisor_whose_jvm_is_not_its_parent_starts_nothing) {
  int status_fd = open_status_pipe();
  pid_t between = fork();
  CHECK_OK(between);
  if (between == 0) {
    char jvm[16];
    char fd[16];
    snprintf(jvm, sizeof jvm, "%d", (int)getppid());
    snprintf(fd, sizeof fd, "%d", status_fd);
    pid_t child = fork();
    if (child == 0)
      execl(SUPERVISOR, SUPERVISOR, jvm, fd, "7", "0", "true", NULL);
    _exit(WEXITSTATUS(status_of(child)));
  }
  int status = status_of(between);
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 69);
}

CASE(a_descriptor_that_is_no_pipe_is_not_written_to) {
  char jvm[16];
  char fd[16];
  struct stat facts;
  FILE *file = tmpfile();
  CHECK(file != NULL);
  snprintf(jvm, sizeof jvm, "%d", (int)getpid());
  snprintf(fd, sizeof fd, "%d", fileno(file));
  pid_t child = fork();
  CHECK_OK(child);
  if (child == 0)
    execl(SUPERVISOR, SUPERVISOR, jvm, fd, "7", "0", "true", NULL);
  int status = status_of(child);
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), 69);
  CHECK_OK(fstat(fileno(file), &facts));
  CHECK_EQ(facts.st_size, 0);
  fclose(file);
}
