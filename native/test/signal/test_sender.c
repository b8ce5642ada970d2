/* What the handler sees of a sender. */
#include "test/signal/sending.h"
#include "test/support.h"
#include "test/test.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "a) S 1 (b\n"

/* A sender that has a name of its own and lives until it may end. */
static void send_and_wait(void) {
  CHECK_EQ(prctl(PR_SET_NAME, NAME), 0);
  hear(may_send);
  CHECK_EQ(kill(getppid(), SIGUSR1), 0);
  hear(may_end);
}

static void check_text(const char *text, uint32_t length, const char *expected) {
  char copy[513];
  (void)snprintf(copy, sizeof copy, "%.*s", (int)length, text);
  CHECK_TEXT(copy, expected);
}

/* This process's own command line is its children's too. */
static size_t own_arguments(char *arguments, size_t room) {
  FILE *file = fopen("/proc/self/cmdline", "r");
  CHECK(file != NULL);
  size_t length = fread(arguments, 1, room, file);
  fclose(file);
  return length;
}

CASE(what_the_handler_saw_outlives_the_sender) {
  char arguments[512];
  look_at(SIGUSR1);
  pid_t child = start_child(send_and_wait);
  int64_t started = CHECK_OK(heliograph_started(child));
  say(may_send);
  struct heliograph_record record = read_one();
  say(may_end);
  check_exits_with_0(child);
  CHECK_EQ(heliograph_started(child), -ESRCH);
  struct heliograph_lineage lineage = lineage_of_one(record);
  struct heliograph_process sender = lineage.processes[0];
  CHECK_EQ(sender.pid, child);
  CHECK_EQ(sender.parent, getpid());
  CHECK_EQ(sender.started, started);
  CHECK_EQ(sender.flags, HELIOGRAPH_PROCESS_KNOWN);
  check_text(sender.command, sender.command_length, NAME);
  CHECK_EQ(sender.arguments_length, own_arguments(arguments, sizeof arguments));
  CHECK_EQ(memcmp(sender.arguments, arguments, sender.arguments_length), 0);
}

CASE(a_sender_is_known_until_the_next_read) {
  struct heliograph_lineage lineage;
  look_at(SIGUSR1);
  pid_t child = start_child(send_and_wait);
  say(may_send);
  int32_t sender = read_one().sender;
  CHECK_OK(heliograph_sender_of(sender, &lineage));
  raise_surely(SIGUSR1);
  CHECK_EQ(read_one().sender, 0); /* this process */
  CHECK_EQ(heliograph_sender_of(sender, &lineage), -ENOENT);
  CHECK_EQ(heliograph_sender_of(0, &lineage), -ENOENT);
  say(may_end);
  check_exits_with_0(child);
}

static void send_at_once(void) {
  CHECK_EQ(kill(getppid(), SIGUSR1), 0);
}

static void await_zombie(pid_t child) {
  siginfo_t info;
  CHECK_EQ(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
}

CASE(a_zombie_has_a_name_and_no_command_line) {
  look_at(SIGUSR1);
  block(SIGUSR1);
  pid_t child = start_child(send_at_once);
  await_zombie(child);
  unblock(SIGUSR1);
  struct heliograph_lineage lineage = lineage_of_one(read_one());
  CHECK_EQ(lineage.processes[0].pid, child);
  CHECK(lineage.processes[0].command_length > 0);
  CHECK_EQ(lineage.processes[0].arguments_length, 0);
  check_exits_with_0(child);
}

CASE(nothing_is_seen_of_a_sender_that_is_gone) {
  look_at(SIGUSR1);
  block(SIGUSR1);
  pid_t child = start_child(send_at_once);
  check_exits_with_0(child);
  unblock(SIGUSR1);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.pid, child);
  CHECK_EQ(record.sender, 0);
}

CASE(what_the_kernel_or_this_process_sends_is_not_looked_at) {
  struct itimerval soon = {.it_value.tv_usec = 1};
  look_at(SIGALRM);
  CHECK_EQ(setitimer(ITIMER_REAL, &soon, NULL), 0);
  struct heliograph_record by_kernel = read_one();
  CHECK_EQ(by_kernel.cause, HELIOGRAPH_FROM_KERNEL);
  CHECK_EQ(by_kernel.sender, 0);
  CHECK_OK(heliograph_queue(getpid(), SIGALRM, 1));
  struct heliograph_record own = read_one();
  CHECK_EQ(own.cause, HELIOGRAPH_QUEUED);
  CHECK_EQ(own.sender, 0);
}

static void send_real_time_and_wait(void) {
  CHECK_OK(heliograph_queue(getppid(), SIGRTMIN, 1));
  hear(may_end);
}

CASE(real_time_signals_are_not_looked_at) {
  look_at(SIGRTMIN);
  pid_t child = start_child(send_real_time_and_wait);
  CHECK_EQ(read_one().sender, 0);
  say(may_end);
  check_exits_with_0(child);
}

CASE(a_signal_whose_senders_nobody_wants_is_not_looked_at) {
  look_at(SIGUSR1);
  CHECK_OK(heliograph_look_at_senders(SIGUSR1, 0));
  pid_t child = start_child(send_and_wait);
  say(may_send);
  CHECK_EQ(read_one().sender, 0);
  say(may_end);
  check_exits_with_0(child);
}

CASE(no_sender_uses_a_place_up) {
  look_at(SIGUSR1);
  for (int i = 0; i < 40; i++) {
    pid_t child = start_child(send_and_wait);
    say(may_send);
    CHECK_EQ(lineage_of_one(read_one()).processes[0].pid, child);
    say(may_end);
    check_exits_with_0(child);
  }
}

static void fill_the_pipe(int signal) {
  int capacity = CHECK_OK(heliograph_capacity());
  for (int i = 0; i < capacity; i++)
    CHECK_OK(heliograph_raise(signal));
}

CASE(a_lost_arrival_uses_no_place_up) {
  struct tally tally = {0};
  look_at(SIGUSR1);
  CHECK_OK(heliograph_catch(SIGUSR2));
  fill_the_pipe(SIGUSR2);
  for (int i = 0; i < 40; i++) {
    pid_t child = start_child(send_and_wait);
    say(may_send);
    while (ledger_of(SIGUSR1).lost <= (uint64_t)i)
      settle();
    say(may_end);
    check_exits_with_0(child);
  }
  drain_into(&tally);
  check_ledger(SIGUSR1, 40, &tally);
  pid_t child = start_child(send_and_wait);
  say(may_send);
  CHECK(read_one().sender != 0);
  say(may_end);
  check_exits_with_0(child);
}

CASE(errno_is_kept_where_nothing_is_seen) {
  look_at(SIGUSR1);
  block(SIGUSR1);
  pid_t child = start_child(send_at_once);
  check_exits_with_0(child);
  errno = ENOTTY;
  unblock(SIGUSR1); /* and here the handler runs */
  CHECK_EQ(errno, ENOTTY);
}

CASE(no_descriptor_is_left) {
  look_at(SIGUSR1);
  int before = open_descriptors();
  pid_t child = start_child(send_and_wait);
  say(may_send);
  lineage_of_one(read_one());
  CHECK_EQ(open_descriptors(), before);
  say(may_end);
  check_exits_with_0(child);
}

/* The child of a fork has none of its parent's places in use, and looks at no sender. */
static void open_anew(void) {
  open_and_catch(0, SIGUSR1);
  CHECK_EQ(kill(getppid(), SIGUSR2), 0);
  struct heliograph_record record = read_one();
  CHECK_EQ(record.pid, getppid());
  CHECK_EQ(record.sender, 0);
}

CASE(the_child_of_a_fork_looks_at_nobody) {
  look_at(SIGUSR1);
  CHECK_OK(heliograph_catch(SIGUSR2));
  pid_t child = start_child(open_anew);
  CHECK_EQ(read_one().signal, SIGUSR2);
  CHECK_EQ(kill(child, SIGUSR1), 0);
  check_exits_with_0(child);
}
