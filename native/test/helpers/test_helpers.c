/* The programs that the Java tests start: how_ended and send_burst. They lie beside this one. */
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char directory[] = "/tmp/how_ended.XXXXXX";
static char report[64];
static char report_of_pid[64];
static char *command[4];

static void run_beside(char **arguments) {
  char own[PATH_MAX] = {0};
  char path[PATH_MAX + 32];
  CHECK(readlink("/proc/self/exe", own, sizeof own - 1) > 0);
  snprintf(path, sizeof path, "%s/%s", dirname(own), arguments[0]);
  execv(path, arguments);
  CHECK(!"execv");
}

static void read_line(const char *path, char *line, int size) {
  FILE *file = fopen(path, "re");
  CHECK(file != NULL);
  CHECK(fgets(line, size, file) != NULL);
  CHECK_EQ(fgetc(file), EOF);
  fclose(file);
}

static void make_directory(void) {
  CHECK(mkdtemp(directory) != NULL);
  snprintf(report, sizeof report, "%s/report", directory);
  snprintf(report_of_pid, sizeof report_of_pid, "%s/report.pid", directory);
}

/* Only the two files that are promised: no .part of one is left behind. */
static void remove_directory(void) {
  CHECK_EQ(unlink(report), 0);
  CHECK_EQ(unlink(report_of_pid), 0);
  CHECK_EQ(rmdir(directory), 0);
}

static void run_how_ended(void) {
  char *arguments[] = {"how_ended", report, command[0], command[1], command[2], command[3], NULL};
  CHECK_EQ(setpgid(0, 0), 0);
  run_beside(arguments);
}

static void check_how_ended(const char *expected) {
  char line[64];
  make_directory();
  check_exits_with_0(start_child(run_how_ended));
  read_line(report, line, sizeof line);
  CHECK_TEXT(line, expected);
  read_line(report_of_pid, line, sizeof line);
  CHECK(atoi(line) > 0);
  remove_directory();
}

static void check_how_the_shell_ended(char *line, const char *expected) {
  command[0] = "sh";
  command[1] = "-c";
  command[2] = line;
  check_how_ended(expected);
}

CASE(how_ended_tells_an_exit_status) {
  check_how_the_shell_ended("exit 143", "exited 143\n");
}

CASE(how_ended_tells_an_ending_by_a_signal) {
  check_how_the_shell_ended("kill -TERM $$", "signaled 15\n");
}

CASE(how_ended_outlives_a_signal_to_its_process_group) {
  check_how_the_shell_ended("kill -INT 0; kill -TERM 0; exit 1", "signaled 2\n");
}

/* By grep itself, because some shells unblock everything. */
static void check_status_of_the_child(char *line) {
  command[0] = "grep";
  command[1] = "-q";
  command[2] = line;
  command[3] = "/proc/self/status";
  check_how_ended("exited 0\n");
}

CASE(how_ended_starts_the_child_with_nothing_blocked) {
  block(SIGQUIT);
  check_status_of_the_child("^SigBlk:.0*$");
}

CASE(how_ended_starts_the_child_with_nothing_ignored) {
  signal(SIGHUP, SIG_IGN);
  signal(SIGINT, SIG_IGN);
  check_status_of_the_child("^SigIgn:.*0$"); /* the digit of HUP and INT */
}

static int output[2];

static void burst(void) {
  char parent[16];
  char *arguments[] = {"send_burst", parent, "3001", "queue:RTMIN+3", "kill:USR1", "queue:36", NULL};
  snprintf(parent, sizeof parent, "%d", (int)getppid());
  CHECK_EQ(dup2(output[1], STDOUT_FILENO), STDOUT_FILENO);
  run_beside(arguments);
}

static void check_queued(struct heliograph_record *record, int *next) {
  bool first = record->signal == SIGRTMIN + 3;
  CHECK_EQ(record->value, next[first ? 0 : 1]++);
}

CASE_NOT_UNDER_TSAN(send_burst_sends_as_many_as_it_says) {
  char said[256] = {0};
  int next[2] = {0, 0};
  CHECK_EQ(pipe2(output, O_CLOEXEC), 0);
  open_and_catch(0, SIGRTMIN + 3);
  CHECK_OK(heliograph_catch(36));
  CHECK_OK(heliograph_catch(SIGUSR1));
  pid_t child = start_child(burst);
  while (next[0] < 1001 || next[1] < 1000) {
    struct heliograph_record record = read_one();
    if (record.signal != SIGUSR1)
      check_queued(&record, next);
  }
  check_exits_with_0(child);
  CHECK(read(output[0], said, sizeof said - 1) > 0);
  CHECK_TEXT(said, "sent queue:RTMIN+3 1001\nsent kill:USR1 1000\nsent queue:36 1000\n");
}
