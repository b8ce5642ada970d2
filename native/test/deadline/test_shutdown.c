/* The shutdown with a deadline: what begins it, what ends the process, and how its parent sees that. */
#include "heliograph_deadline.h"
#include "test/deadline/exit_with.h"
#include "test/deadline/said.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS INT64_C(1000000)

static int64_t within;
static int64_t hold;
static bool by_signal;
static int exit_status = -1; /* of an end in order */
static bool ignores_second;

static void check_killed(int status, int signal) {
  CHECK(WIFSIGNALED(status));
  CHECK_EQ(WTERMSIG(status), signal);
}

static void open_shutdown(int signal) {
  say_to_parent();
  open_and_catch(0, signal);
  CHECK_OK(heliograph_shutdown_open());
  struct heliograph_shutdown_terms terms = {.within_ns = within,
                                            .hold_ns = hold,
                                            .by_signal = by_signal,
                                            .status = exit_status,
                                            .ignores_second = ignores_second};
  CHECK_OK(heliograph_shutdown_on(signal, &terms));
}

static void hang(void) {
  for (;;)
    pause();
}

static void begin_and_hang(void) {
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  hang();
}

static void begin_and_report(void) {
  open_shutdown(SIGTERM);
  CHECK_EQ(heliograph_shutdown_at_work("too early", 9), -EINVAL);
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  CHECK_OK(heliograph_shutdown_at_work("what was known at first", 23));
  CHECK_EQ(heliograph_shutdown_at_work("again", 5), -EALREADY);
  CHECK_EQ(heliograph_shutdown_await_deadline(), SIGTERM);
  CHECK_OK(heliograph_shutdown_at_work("still at work: \"a\"", 18));
  CHECK_EQ(heliograph_shutdown_at_work("again", 5), -EALREADY);
  CHECK_OK(heliograph_shutdown_told(1));
  hang();
}

CASE(the_deadline_ends_the_process_with_the_status_of_the_signal) {
  within = 1500 * MS;
  check_exited(run(begin_and_hang), 128 + SIGTERM);
  CHECK_TEXT(
      said, "heliograph: no whole thread dump: the VM could make none within 500 ms\n"
            "heliograph: TERM: not ended within 1500 ms; which threads are at work in shutdown hooks, the VM "
            "does not say; ended now, with status 143\n");
}

CASE(the_deadline_ends_the_process_by_the_signal) {
  within = 1 * MS;
  by_signal = true;
  check_killed(run(begin_and_hang), SIGTERM);
  CHECK(strstr(said, "; ended now, by the signal\n") != NULL);
}

CASE(the_last_line_tells_what_was_reported) {
  within = 1000 * MS;
  check_exited(run(begin_and_report), 128 + SIGTERM);
  CHECK_TEXT(said,
             "heliograph: TERM: not ended within 1 s; still at work: \"a\"; ended now, with status 143\n");
}

static void say_who_and_hang(void) {
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  CHECK_OK(heliograph_shutdown_at_work("hooks: \"a\", \"b\"", 15));
  hang();
}

CASE(where_no_report_comes_the_line_tells_what_was_known_at_first) {
  within = 1000 * MS;
  check_exited(run(say_who_and_hang), 128 + SIGTERM);
  CHECK(strstr(said, "; hooks: \"a\", \"b\"; ended now, with status 143\n") != NULL);
}

static void report_a_failure(void) {
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_deadline(), SIGTERM);
  CHECK_OK(heliograph_shutdown_told(0));
  hang();
}

CASE(a_report_that_failed_is_told) {
  within = 1 * MS;
  check_exited(run(report_a_failure), 128 + SIGTERM);
  CHECK_EQ(strncmp(said, "heliograph: no whole thread dump: the VM could make none\n", 57), 0);
}

static void report_too_much(void) {
  static char text[10000];
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_deadline(), SIGTERM);
  memset(text, 'x', sizeof text);
  CHECK_OK(heliograph_shutdown_at_work(text, sizeof text));
  CHECK_OK(heliograph_shutdown_told(1));
  hang();
}

CASE(a_report_that_is_too_long_is_cut) {
  within = 1 * MS;
  check_exited(run(report_too_much), 128 + SIGTERM);
  CHECK(strstr(said, "xxx; ended now, with status 143\n") != NULL);
  CHECK(strlen(said) > 3000 && strlen(said) < 4096);
}

/* Whoever reads standard error has stopped reading. */
static void begin_with_standard_error_full(void) {
  int ends[2];
  char page[4096] = {0};
  open_shutdown(SIGTERM);
  CHECK_EQ(pipe(ends), 0);
  CHECK_OK(fcntl(ends[1], F_SETFL, O_NONBLOCK));
  while (write(ends[1], page, sizeof page) > 0)
    ;
  CHECK_OK(fcntl(ends[1], F_SETFL, 0));
  CHECK_OK(dup2(ends[1], STDERR_FILENO));
  raise(SIGTERM);
  hang();
}

CASE(a_standard_error_that_nobody_reads_holds_nothing_up) {
  within = 1 * MS;
  check_exited(run(begin_with_standard_error_full), 128 + SIGTERM);
}

static int second;

/* Until one is no repeat of the first request any more. */
static _Noreturn void send_second(void) {
  for (;;) {
    raise(second);
    (void)poll(NULL, 0, 10);
  }
}

static void begin_and_send_second(void) {
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  send_second();
}

static void check_second_ends(int signal, const char *name) {
  char line[128];
  second = signal;
  by_signal = false;
  check_exited(run(begin_and_send_second), 128 + SIGTERM);
  snprintf(line, sizeof line, "heliograph: %s during the shutdown that TERM began: ended at once\n", name);
  CHECK_TEXT(said, line);
  by_signal = true;
  check_killed(run(begin_and_send_second), SIGTERM);
  CHECK_TEXT(said, line);
}

CASE(a_second_request_ends_it_at_once) {
  check_second_ends(SIGTERM, "TERM");
  check_second_ends(SIGINT, "INT");
  within = INT64_MAX; /* and with a deadline, however far */
  check_second_ends(SIGTERM, "TERM");
}

static void begin_with_others_in_place(void) {
  open_shutdown(SIGHUP);
  CHECK_OK(heliograph_catch(SIGINT));
  CHECK_OK(heliograph_shutdown_on(SIGUSR1, &(struct heliograph_shutdown_terms){.status = -1}));
  CHECK_OK(heliograph_catch(SIGUSR1));
  raise(SIGHUP);
  send_second();
}

CASE(any_signal_of_a_shutdown_ends_it_and_so_does_an_int_that_is_caught) {
  second = SIGUSR1;
  check_exited(run(begin_with_others_in_place), 128 + SIGHUP);
  second = SIGINT;
  check_exited(run(begin_with_others_in_place), 128 + SIGHUP);
  second = SIGTERM;
  check_exited(run(begin_with_others_in_place), 128 + SIGHUP);
}

static void begin_with_int_ignored(void) {
  signal(SIGINT, SIG_IGN);
  open_shutdown(SIGTERM);
  raise(SIGTERM);
  raise(SIGINT);
  CHECK(action_of(SIGINT).sa_handler == SIG_IGN);
  _exit(7);
}

CASE(an_int_that_was_ignored_stays_ignored) {
  check_exited(run(begin_with_int_ignored), 7);
}

static int exit_code;

static void say_that_exit_handlers_run(void) {
  fprintf(stderr, "exit handler\n");
}

static void begin_and_exit(void) {
  static char buffer[64];
  CHECK_EQ(atexit(say_that_exit_handlers_run), 0);
  open_shutdown(SIGTERM);
  setvbuf(stderr, buffer, _IOFBF, sizeof buffer);
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  exit_with(exit_code);
}

CASE(an_orderly_exit_ends_by_the_signal_where_that_is_asked_for) {
  by_signal = true;
  exit_code = 128 + SIGTERM;
  check_killed(run(begin_and_exit), SIGTERM);
  CHECK_TEXT(said, "exit handler\n"); /* of before ours, and what it left in its buffer */
}

CASE(an_exit_with_a_status_of_its_own_keeps_it) {
  by_signal = true;
  exit_code = 3;
  check_exited(run(begin_and_exit), 3);
}

CASE(an_orderly_exit_has_its_status) {
  within = 600 * 1000 * MS;
  exit_code = 128 + SIGTERM;
  check_exited(run(begin_and_exit), 128 + SIGTERM);
  CHECK_TEXT(said, "exit handler\n");
}

CASE(an_orderly_exit_ends_with_the_status_that_was_asked_for) {
  exit_code = 128 + SIGTERM;
  exit_status = 0;
  check_exited(run(begin_and_exit), 0);
  CHECK_TEXT(said, "exit handler\n");
  exit_status = 255;
  check_exited(run(begin_and_exit), 255);
}

CASE(a_status_that_the_program_chose_stays) {
  exit_code = 3;
  exit_status = 0;
  check_exited(run(begin_and_exit), 3);
}

CASE(the_deadline_and_a_second_request_have_their_own_status) {
  exit_status = 0;
  within = 1 * MS;
  check_exited(run(begin_and_hang), 128 + SIGTERM);
  within = 0;
  second = SIGTERM;
  check_exited(run(begin_and_send_second), 128 + SIGTERM);
}
