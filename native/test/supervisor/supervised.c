#include "test/supervisor/supervised.h"

#include "supervisor/process.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ID 7

static int status_ends[2];

int open_status_pipe(void) {
  CHECK_OK(pipe2(status_ends, O_CLOEXEC));
  return status_ends[1];
}

void close_status_pipe(void) {
  close(status_ends[0]);
}

static _Noreturn void become_supervisor(pid_t jvm, int grace_ms, char *const command[]) {
  char texts[4][16];
  char *arguments[32] = {SUPERVISOR, texts[0], texts[1], texts[2], texts[3]};
  snprintf(texts[0], sizeof texts[0], "%d", (int)jvm);
  snprintf(texts[1], sizeof texts[1], "%d", status_ends[1]);
  snprintf(texts[2], sizeof texts[2], "%d", ID);
  snprintf(texts[3], sizeof texts[3], "%d", grace_ms);
  for (int i = 0; command[i] != NULL && i < 24; i++)
    arguments[5 + i] = command[i];
  execv(SUPERVISOR, arguments);
  test_fail(__FILE__, __LINE__, SUPERVISOR " can be run");
}

static void nothing(void) {
}

struct supervised supervise_command(int grace_ms, char *const command[]) {
  return supervise_after(nothing, grace_ms, command);
}

struct supervised supervise_after(void (*first)(void), int grace_ms, char *const command[]) {
  struct supervised child;
  int out[2];
  pid_t jvm = getpid();
  CHECK_OK(pipe2(out, O_CLOEXEC));
  CHECK_OK(child.supervisor = fork());
  if (child.supervisor == 0) {
    CHECK_OK(dup2(out[1], STDOUT_FILENO));
    first();
    become_supervisor(jvm, grace_ms, command);
  }
  close(out[1]);
  child.out = out[0];
  child.command = 0;
  return child;
}

struct supervised supervise_tree(int grace_ms, const char *depth, const char *width, const char *kind,
                                 int members, pid_t *pids) {
  char *const command[] = {TREE_MEMBER, (char *)depth, (char *)width, (char *)kind, NULL};
  struct supervised child = supervise_command(grace_ms, command);
  child.command = next_record(&child).pid;
  expect_here(&child, members, pids);
  return child;
}

void expect_here(const struct supervised *child, int members, pid_t *pids) {
  for (int i = 0; i < members; i++) {
    char line[64];
    CHECK(next_line(child, line, sizeof line));
    CHECK(strncmp(line, "here ", 5) == 0);
    pids[i] = (pid_t)strtol(line + 5, NULL, 10);
  }
}

struct supervisor_record next_record(const struct supervised *child) {
  struct supervisor_record record;
  CHECK_EQ(read(status_ends[0], &record, sizeof record), sizeof record);
  CHECK_EQ(record.id, ID);
  CHECK(child->command == 0 || record.pid == child->command);
  return record;
}

void expect_record(const struct supervised *child, int kind, int value) {
  struct supervisor_record record = next_record(child);
  CHECK_EQ(record.kind, kind);
  CHECK_EQ(record.value, value);
}

bool next_line(const struct supervised *child, char *line, size_t room) {
  for (size_t length = 0; length < room; length++) {
    ssize_t got = read(child->out, line + length, 1);
    CHECK_OK(got);
    if (got == 0)
      return false;
    if (line[length] == '\n') {
      line[length] = '\0';
      return true;
    }
  }
  test_fail(__FILE__, __LINE__, "the line fits");
}

void expect_line(const struct supervised *child, const char *expected) {
  char line[64];
  CHECK(next_line(child, line, sizeof line));
  CHECK_TEXT(line, expected);
}

void expect_got(const struct supervised *child, int lines, int signal, pid_t sender) {
  char expected[64];
  snprintf(expected, sizeof expected, "got %d by %d", signal, (int)sender);
  for (int i = 0; i < lines; i++)
    expect_line(child, expected);
}

void order(const struct supervised *child, int value) {
  queue_surely(child->supervisor, SUPERVISOR_ORDER, value);
}

void order_force(const struct supervised *child) {
  CHECK_OK(kill(child->supervisor, SUPERVISOR_FORCE));
}

pid_t send_from_outside(pid_t target, int signal) {
  pid_t other = fork();
  CHECK_OK(other);
  if (other == 0)
    _exit(kill(target, signal) == 0 ? 0 : 1);
  check_exits_with_0(other);
  return other;
}

void await_death(pid_t pid) {
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  CHECK(fd >= 0 || errno == ESRCH);
  if (fd >= 0) {
    CHECK_EQ(poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, -1), 1);
    close(fd);
  }
}

void expect_gone(const pid_t *pids, int count) {
  for (int i = 0; i < count; i++) {
    while (kill(pids[i], 0) == 0) {
      CHECK(process_is_over(pids[i])); /* the kernel takes it apart */
      sched_yield();
    }
    CHECK_EQ(errno, ESRCH);
  }
}

void force(struct supervised *child, const pid_t *pids, int count) {
  order_force(child);
  expect_record(child, SUPERVISOR_KILLED, SIGKILL);
  expect_record(child, SUPERVISOR_EMPTY, 0);
  check_dies_by(child->supervisor, SIGKILL);
  expect_gone(pids, count);
}
