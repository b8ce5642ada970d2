/* What the service manager hears: a receiver of the test's own stands in its place. */
#include "heliograph_deadline.h"
#include "heliograph_notify.h"
#include "signal/clock.h"
#include "test/deadline/said.h"
#include "test/helpers/notices.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MS INT64_C(1000000)

static char name[64];
static int receiver;

static int bind_to(const char *to) {
  int fd = notices_listen_at(to, SOCK_NONBLOCK);
  CHECK_OK(fd);
  return fd;
}

/* Receives at an abstract socket, which needs no removal. */
static void receive(void) {
  (void)snprintf(name, sizeof name, "@heliograph-test-%d", getpid());
  receiver = bind_to(name);
}

/* The next message, and which process has sent it; empty if there is none. */
static const char *next(pid_t *from) {
  static char text[256];
  pid_t sender;
  ssize_t length = notices_next(receiver, text, sizeof text, &sender);
  CHECK(length >= 0 || errno == EAGAIN);
  if (length >= 0 && from != NULL) {
    CHECK(sender != 0);
    *from = sender;
  }
  return text;
}

static int notify(const char *message) {
  return heliograph_notify(message, strlen(message), 1);
}

static void check_gets_through(void) {
  pid_t from = 0;
  CHECK_EQ(heliograph_notify_open(name), 0);
  CHECK_EQ(notify("READY=1\nSTATUS=here"), 0);
  CHECK_TEXT(next(&from), "READY=1\nSTATUS=here");
  CHECK_EQ(from, getpid()); /* NotifyAccess=main looks at this */
  CHECK_EQ(heliograph_notify_close(), 0);
}

CASE(a_message_reaches_an_abstract_socket) {
  receive();
  check_gets_through();
}

CASE(a_message_reaches_a_socket_with_a_path) {
  char folder[] = "/tmp/heliograph-notify-XXXXXX";
  CHECK(mkdtemp(folder) != NULL);
  (void)snprintf(name, sizeof name, "%s/socket", folder);
  receiver = bind_to(name);
  check_gets_through();
  CHECK_EQ(heliograph_notify_open(name), 0);
  close(receiver);
  CHECK_EQ(notify("READY=1"), -ECONNREFUSED);
  CHECK_EQ(unlink(name), 0);
  CHECK_EQ(notify("READY=1"), -ENOENT);
  receiver = bind_to(name); /* a service manager that was executed again */
  CHECK_EQ(notify("READY=1"), 0);
  CHECK_EQ(unlink(name), 0);
  CHECK_EQ(rmdir(folder), 0);
}

CASE(a_name_that_is_no_such_socket_is_refused) {
  char longest[120];
  CHECK_EQ(notify("READY=1"), -EBADF);
  CHECK_EQ(heliograph_notify_close(), -EBADF);
  CHECK_EQ(heliograph_notify_open("vsock:2:1234"), -EAFNOSUPPORT);
  CHECK_EQ(heliograph_notify_open("run/notify"), -EAFNOSUPPORT);
  CHECK_EQ(heliograph_notify_open(""), -EAFNOSUPPORT);
  memset(longest, '/', sizeof longest);
  longest[sizeof longest - 1] = '\0';
  CHECK_EQ(heliograph_notify_open(longest), -ENAMETOOLONG);
  CHECK_EQ(notify("READY=1"), -EBADF);
}

CASE(a_program_that_is_executed_does_not_inherit_the_socket) {
  int before = open_descriptors();
  int next_fd = dup(STDERR_FILENO);
  close(next_fd);
  CHECK_EQ(heliograph_notify_open("@heliograph-test-nobody"), 0);
  CHECK_EQ(fcntl(next_fd, F_GETFD), FD_CLOEXEC);
  CHECK_EQ(heliograph_notify_open("@heliograph-test-nobody"), 0);
  CHECK_EQ(open_descriptors(), before + 1);
  CHECK_EQ(heliograph_notify_close(), 0);
  CHECK_EQ(open_descriptors(), before);
}

/* Messages of our own until no more fit (net.unix.max_dgram_qlen). */
static void fill(void) {
  int result = 0;
  while (result == 0)
    result = heliograph_notify("STATUS=full", strlen("STATUS=full"), 0);
  CHECK_EQ(result, -EAGAIN);
}

static void receive_nothing(void) {
  receive();
  CHECK_EQ(heliograph_notify_open(name), 0);
  fill();
}

/* What a message costs in a full queue. */
static int64_t blocked_ns(void) {
  int64_t begin = heliograph_now_ns();
  CHECK_EQ(notify("READY=1"), -EAGAIN);
  return heliograph_now_ns() - begin;
}

CASE(a_receiver_that_does_not_read_holds_up_one_message) {
  int64_t all = 0;
  receive_nothing();
  CHECK(blocked_ns() >= 290 * MS);
  for (int i = 0; i < 20; i++)
    all += blocked_ns();
  CHECK(all < 3000 * MS); /* 20 waits are 6000 */
}

CASE(a_receiver_that_reads_again_is_waited_for_again) {
  receive_nothing();
  CHECK(blocked_ns() >= 290 * MS);
  CHECK_TEXT(next(NULL), "STATUS=full");
  fill();
  CHECK(blocked_ns() >= 290 * MS);
}

static int64_t within;
static int64_t hold;

static void request_and_hang(void) {
  say_to_parent();
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_notify_open(name));
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(heliograph_shutdown_on(
      SIGTERM, &(struct heliograph_shutdown_terms){.within_ns = within, .hold_ns = hold, .status = -1}));
  raise(SIGTERM);
  for (;;)
    pause();
}

/* Microseconds by which a message extends the timeout. */
static int64_t extension(const char *message, const char *head) {
  size_t length = strlen(head);
  char *end;
  if (strncmp(message, head, length) != 0)
    CHECK_TEXT(message, head);
  int64_t microseconds = strtoll(message + length, &end, 10);
  CHECK_TEXT(end, "\n");
  return microseconds;
}

/* All that a process sent that has ended at its deadline. Returns the last extension. */
static int64_t check_extensions(void) {
  int messages = 1;
  int64_t all = (within + 5000 * MS) / 1000;
  int64_t last = extension(next(NULL), "STOPPING=1\nEXTEND_TIMEOUT_USEC=");
  CHECK(last <= all && last > all - 1000000);
  for (const char *more = next(NULL); more[0] != '\0'; more = next(NULL), messages++) {
    int64_t now = extension(more, "EXTEND_TIMEOUT_USEC=");
    CHECK(now <= last && now >= 5000000);
    last = now;
  }
  CHECK(messages >= 3);
  return last;
}

CASE(the_timeout_is_extended_each_second_until_the_deadline) {
  receive();
  within = 2500 * MS;
  check_exited(run(request_and_hang), 128 + SIGTERM);
  CHECK(check_extensions() < 7500000 - 1000000);
}

CASE(the_timeout_is_extended_while_the_end_is_held) {
  receive();
  within = 1500 * MS;
  hold = 1400 * MS;
  check_exited(run(request_and_hang), 128 + SIGTERM);
  CHECK(check_extensions() < 6500000 - 500000);
}

CASE(a_receiver_that_does_not_read_does_not_delay_the_deadline) {
  receive_nothing();
  within = 100 * MS;
  check_exited(run(request_and_hang), 128 + SIGTERM);
  CHECK_TEXT(next(NULL), "STATUS=full");
}

static void request_without_a_deadline(void) {
  pid_t from = 0;
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_notify_open(name));
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(heliograph_shutdown_on(SIGTERM, &(struct heliograph_shutdown_terms){.status = -1}));
  raise(SIGTERM);
  while (strcmp(next(&from), "STOPPING=1\n") != 0)
    ;
  CHECK_EQ(from, getpid());
}

CASE(without_a_deadline_no_timeout_is_extended) {
  receive();
  check_exits_with_0(start_child(request_without_a_deadline));
  CHECK_TEXT(next(NULL), "");
}
