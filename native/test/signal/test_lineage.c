/* The ancestors of a sender, or of any process. */
#include "test/signal/sending.h"
#include "test/support.h"
#include "test/test.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A process between this one and the sender. */
static void start_a_sender(void) {
  pid_t sender = fork();
  if (sender == 0) {
    hear(may_send);
    CHECK_EQ(kill(getpgrp(), SIGUSR1), 0);
    for (;;)
      pause();
  }
  hear(may_end);
}

/* Sends to the process group's leader, which is this process; the sender is the child of a child. */
static pid_t start_with_parent(void) {
  CHECK_EQ(setpgid(0, 0), 0);
  return start_child(start_a_sender);
}

CASE(the_ancestors_are_the_parent_first) {
  look_at(SIGUSR1);
  pid_t parent = start_with_parent();
  say(may_send);
  struct heliograph_lineage lineage = lineage_of_one(read_one());
  CHECK(lineage.count >= 3);
  CHECK_EQ(lineage.processes[1].pid, parent);
  CHECK_EQ(lineage.processes[2].pid, getpid());
  CHECK_EQ(lineage.processes[2].flags, HELIOGRAPH_PROCESS_KNOWN | HELIOGRAPH_PROCESS_HAS_UID);
  CHECK_EQ(lineage.processes[2].uid, getuid());
  CHECK_EQ(lineage.processes[2].started, CHECK_OK(heliograph_started(getpid())));
  CHECK(lineage.count <= 1 + HELIOGRAPH_MOST_ANCESTORS);
  CHECK_EQ(kill(lineage.processes[0].pid, SIGKILL), 0);
  say(may_end);
  check_exits_with_0(parent);
}

CASE(the_parent_is_known_as_it_was_when_the_signal_arrived) {
  look_at(SIGUSR1);
  pid_t parent = start_with_parent();
  int64_t started = CHECK_OK(heliograph_started(parent));
  say(may_send);
  struct heliograph_record record = read_one();
  say(may_end);
  check_exits_with_0(parent);
  struct heliograph_lineage lineage = lineage_of_one(record);
  CHECK_EQ(kill(lineage.processes[0].pid, SIGKILL), 0);
  CHECK(lineage.count >= 3);
  CHECK_EQ(lineage.processes[1].pid, parent);
  CHECK_EQ(lineage.processes[1].started, started);
  CHECK_EQ(lineage.processes[1].flags, HELIOGRAPH_PROCESS_KNOWN);
  CHECK(lineage.processes[1].command_length > 0);
  CHECK_EQ(lineage.processes[2].pid, getpid());
}

/* A process between this one and the sender's parent. */
static void start_a_parent(void) {
  pid_t parent = fork();
  if (parent == 0) {
    start_a_sender();
    _exit(0);
  }
  hear(may_end);
}

CASE(a_grandparent_that_has_ended_is_said_to_have_ended) {
  look_at(SIGUSR1);
  CHECK_EQ(setpgid(0, 0), 0);
  CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
  pid_t grandparent = start_child(start_a_parent);
  say(may_send);
  struct heliograph_record record = read_one();
  pid_t parent = lineage_of_one(record).processes[1].pid;
  CHECK_EQ(kill(grandparent, SIGKILL), 0);
  CHECK_EQ(waitpid(grandparent, NULL, 0), grandparent);
  CHECK_EQ(kill(parent, SIGKILL), 0);
  CHECK_EQ(waitpid(parent, NULL, 0), parent);
  struct heliograph_lineage lineage = lineage_of_one(record);
  CHECK_EQ(lineage.count, 3);
  CHECK_EQ(lineage.processes[1].pid, parent);
  CHECK_EQ(lineage.processes[2].pid, grandparent);
  CHECK_EQ(lineage.processes[2].flags, HELIOGRAPH_PROCESS_ENDED);
  CHECK_EQ(kill(lineage.processes[0].pid, SIGKILL), 0);
  CHECK_EQ(waitpid(lineage.processes[0].pid, NULL, 0), lineage.processes[0].pid);
}

static void end_at_once(void) {
}

CASE(any_process_can_be_looked_at) {
  struct heliograph_lineage lineage;
  CHECK_OK(heliograph_lineage_of(getpid(), 0, &lineage));
  CHECK_EQ(lineage.count, 1);
  CHECK_EQ(lineage.processes[0].parent, getppid());
  CHECK_EQ(lineage.processes[0].uid, getuid());
  CHECK_OK(heliograph_lineage_of(getpid(), 1, &lineage));
  CHECK_EQ(lineage.count, 2);
  CHECK_EQ(lineage.processes[1].pid, getppid());
  pid_t child = start_child(end_at_once);
  check_exits_with_0(child);
  CHECK_EQ(heliograph_lineage_of(child, 0, &lineage), -ESRCH);
  CHECK_EQ(heliograph_lineage_of(0, 0, &lineage), -ESRCH);
}
