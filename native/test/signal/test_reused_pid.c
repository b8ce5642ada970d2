/* A pid that has been given to another process, in a pid namespace of the case's own (pid_namespaces(7)). */
#include "test/signal/sending.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* Its leak detection attaches to threads by the pids that /proc shows, which are others here. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "detect_leaks=0";
}

/* Runs body as the first process of a new pid namespace with a /proc of its own. Root may do that; another
 * user only in a user namespace. */
static void in_new_namespace(void (*body)(void)) {
  int user = geteuid() == 0 ? 0 : CLONE_NEWUSER;
  CHECK_EQ(unshare(CLONE_NEWPID | CLONE_NEWNS | user), 0);
  pid_t init = fork();
  if (init == 0) {
    CHECK_EQ(mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL), 0);
    CHECK_EQ(mount("proc", "/proc", "proc", 0, NULL), 0);
    body();
    _exit(0);
  }
  check_exits_with_0(init);
}

/* The next process has this pid. */
static void have_next_pid(pid_t pid) {
  char text[16];
  int length = snprintf(text, sizeof text, "%d", (int)pid - 1);
  int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
  CHECK_EQ(write(fd, text, (size_t)length), length);
  close(fd);
}

/* Start times count ticks of 10 ms: waits for the next. */
static void await_next_tick(int64_t tick) {
  struct timespec now;
  long ticks_a_second = sysconf(_SC_CLK_TCK);
  do
    CHECK_EQ(clock_gettime(CLOCK_BOOTTIME, &now), 0);
  while (now.tv_sec * ticks_a_second + now.tv_nsec / (1000000000 / ticks_a_second) <= tick);
}

static void wait_for_ever(void) {
  for (;;)
    pause();
}

static pid_t start_with_pid(pid_t pid) {
  have_next_pid(pid);
  pid_t child = start_child(wait_for_ever);
  CHECK_EQ(child, pid);
  return child;
}

static void end(pid_t child) {
  CHECK_EQ(kill(child, SIGKILL), 0);
  CHECK_EQ(waitpid(child, NULL, 0), child);
}

static void start_a_sender(void) {
  if (fork() == 0) {
    CHECK_EQ(kill(1, SIGUSR1), 0);
    wait_for_ever();
  }
  hear(may_end);
}

static void check_reused_parent(void) {
  struct heliograph_lineage lineage;
  look_at(SIGUSR1);
  pid_t parent = start_child(start_a_sender);
  struct heliograph_record record = read_one();
  CHECK_OK(heliograph_sender_of(record.sender, &lineage));
  CHECK_EQ(lineage.count, 3);
  CHECK_EQ(lineage.processes[1].flags, HELIOGRAPH_PROCESS_KNOWN | HELIOGRAPH_PROCESS_HAS_UID);
  say(may_end);
  check_exits_with_0(parent);
  await_next_tick((int64_t)lineage.processes[0].started);
  pid_t other = start_with_pid(parent);
  struct heliograph_process before = lineage.processes[1];
  CHECK_OK(heliograph_sender_of(record.sender, &lineage)); /* the parent as it was seen */
  CHECK_EQ(lineage.count, 3);
  CHECK_EQ(lineage.processes[1].pid, parent);
  CHECK_EQ(lineage.processes[1].started, before.started);
  CHECK_EQ(lineage.processes[1].flags, HELIOGRAPH_PROCESS_KNOWN);
  CHECK_EQ(lineage.processes[2].pid, 1);
  end(other);
  end(record.pid); /* its parent is gone, so it is a child of this process */
}

CASE(a_process_that_has_the_parents_pid_is_not_the_parent) {
  in_new_namespace(check_reused_parent);
}

static void start_a_parent(void) {
  if (fork() == 0) {
    start_a_sender();
    _exit(0);
  }
  wait_for_ever();
}

static void check_reused_grandparent(void) {
  struct heliograph_lineage lineage;
  look_at(SIGUSR1);
  pid_t grandparent = start_child(start_a_parent);
  struct heliograph_record record = read_one();
  CHECK_OK(heliograph_sender_of(record.sender, &lineage));
  CHECK_EQ(lineage.count, 4);
  pid_t parent = lineage.processes[1].pid;
  CHECK_EQ(lineage.processes[2].pid, grandparent);
  end(grandparent);
  end(parent); /* its parent is gone, so it is a child of this process */
  await_next_tick((int64_t)lineage.processes[1].started);
  pid_t other = start_with_pid(grandparent);
  CHECK_OK(heliograph_sender_of(record.sender, &lineage));
  CHECK_EQ(lineage.count, 3);
  CHECK_EQ(lineage.processes[2].pid, grandparent);
  CHECK_EQ(lineage.processes[2].flags, HELIOGRAPH_PROCESS_ENDED);
  CHECK_EQ(lineage.processes[2].command_length, 0);
  end(other);
  end(record.pid);
}

CASE(a_process_that_has_the_grandparents_pid_is_not_the_grandparent) {
  in_new_namespace(check_reused_grandparent);
}

static void check_reused_sender(void) {
  pid_t first = start_child(wait_for_ever);
  int64_t started = CHECK_OK(heliograph_started(first));
  end(first);
  await_next_tick(started);
  pid_t second = start_with_pid(first);
  CHECK(CHECK_OK(heliograph_started(second)) > started);
  end(second);
}

CASE(a_process_that_has_the_senders_pid_has_another_start) {
  in_new_namespace(check_reused_sender);
}

/* Here /proc shows the processes of the namespace above, whose pids are others'. */
CASE(the_proc_of_another_namespace_tells_nothing) {
  CHECK_EQ(unshare(CLONE_NEWPID | (geteuid() == 0 ? 0 : CLONE_NEWUSER)), 0);
  pid_t init = fork();
  if (init == 0) {
    struct heliograph_lineage lineage;
    CHECK_EQ(getpid(), 1);
    CHECK_EQ(heliograph_started(1), -ESRCH);
    CHECK_EQ(heliograph_lineage_of(1, 0, &lineage), -ESRCH);
    _exit(0);
  }
  check_exits_with_0(init);
}
