/* pty_run, which the Java tests press Ctrl-C with. It lies beside this program. */
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char directory[] = "/tmp/pty_run.XXXXXX";
static char *line_of_shell;
static int keys[2];
static int screen[2];
static int complaints[2];

static void run_pty_run(void) {
  char own[PATH_MAX] = {0};
  char path[PATH_MAX + 32];
  char report[64];
  CHECK(readlink("/proc/self/exe", own, sizeof own - 1) > 0);
  snprintf(path, sizeof path, "%s/pty_run", dirname(own));
  snprintf(report, sizeof report, "%s/report", directory);
  CHECK_EQ(dup2(keys[0], STDIN_FILENO), STDIN_FILENO);
  CHECK_EQ(dup2(screen[1], STDOUT_FILENO), STDOUT_FILENO);
  CHECK_EQ(dup2(complaints[1], STDERR_FILENO), STDERR_FILENO);
  execl(path, "pty_run", report, "sh", "-c", line_of_shell, NULL);
  CHECK(!"execl");
}

static pid_t start_shell(char *line) {
  line_of_shell = line;
  CHECK(mkdtemp(directory) != NULL);
  CHECK(pipe2(keys, O_CLOEXEC) == 0 && pipe2(screen, O_CLOEXEC) == 0 && pipe2(complaints, O_CLOEXEC) == 0);
  pid_t child = start_child(run_pty_run);
  CHECK(close(keys[0]) == 0 && close(screen[1]) == 0 && close(complaints[1]) == 0);
  return child;
}

static void type(const char *characters) {
  CHECK_EQ(write(keys[1], characters, strlen(characters)), strlen(characters));
}

/* Waits for exactly this on the descriptor. */
static void check_reads(int fd, const char *expected) {
  char text[256] = {0};
  for (size_t got = 0; got < strlen(expected);) {
    ssize_t count = read(fd, text + got, strlen(expected) - got);
    CHECK(count > 0);
    got += (size_t)count;
  }
  CHECK_TEXT(text, expected);
}

static void check_at_end(int fd) {
  char byte;
  CHECK_EQ(read(fd, &byte, 1), 0);
}

/* Reads the file of the report, and removes it. */
static void take(const char *suffix, char *text, size_t size) {
  char path[64];
  snprintf(path, sizeof path, "%s/report%s", directory, suffix);
  FILE *file = fopen(path, "re");
  CHECK(file != NULL);
  text[fread(text, 1, size - 1, file)] = 0;
  fclose(file);
  CHECK_EQ(unlink(path), 0);
}

static void check_ended(pid_t child, const char *expected, char *left, size_t size) {
  char text[64];
  check_exits_with_0(child);
  take("", text, sizeof text);
  CHECK_TEXT(text, expected);
  take(".pid", text, sizeof text);
  CHECK(atoi(text) > 0);
  take(".left", left, size);
  CHECK_EQ(rmdir(directory), 0);
}

CASE(a_typed_ctrl_c_is_a_signal_to_the_whole_foreground_group) {
  char left[256];
  pid_t child = start_shell("trap 'echo trapped; exit 3' INT; echo complaint >&2; echo ready; cat; echo no");
  check_reads(screen[0], "ready\n");
  type("shown once\n");
  check_reads(screen[0], "shown once\n");
  type("\003");
  check_reads(screen[0], "trapped\n");
  check_ended(child, "exited 3\n", left, sizeof left);
  CHECK_TEXT(left, "");
  check_reads(complaints[0], "complaint\n");
  check_at_end(screen[0]);
  check_at_end(complaints[0]);
}

CASE(death_by_the_signal_is_told) {
  char left[256];
  pid_t child = start_shell("echo ready; exec cat");
  check_reads(screen[0], "ready\n");
  type("\003");
  check_ended(child, "signaled 2\n", left, sizeof left);
  CHECK_TEXT(left, "");
}

CASE(what_outlives_the_command_is_told_and_killed) {
  char left[256];
  char last[256];
  pid_t child = start_shell("setsid sh -c 'trap \"\" HUP; echo $$; exec sleep 1000' & read line; exit 0");
  int length = 0;
  while (length == 0 || last[length - 1] != '\n')
    CHECK_EQ(read(screen[0], &last[length++], 1), 1);
  type("\n");
  check_ended(child, "exited 0\n", left, sizeof left);
  CHECK_EQ(atoi(left), atoi(last));
  CHECK(strstr(left, " S sleep\n") != NULL);
  check_at_end(screen[0]);
  CHECK_EQ(kill(atoi(last), 0), -1);
}
