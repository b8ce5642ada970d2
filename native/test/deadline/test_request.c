/* What is another request, what a second request does, and how long a hold lasts. */
#include "heliograph_deadline.h"
#include "test/deadline/said.h"
#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define MS INT64_C(1000000)
#define KERNEL 1

static bool is_another(int last, int last_from, int next, int next_from, int64_t ms) {
  struct heliograph_request before = {.signal = last, .is_from_kernel = last_from, .arrived_ns = 1000 * MS};
  struct heliograph_request after = {
      .signal = next, .is_from_kernel = next_from, .arrived_ns = (1000 + ms) * MS};
  return heliograph_is_another_request(&before, &after);
}

CASE(what_follows_within_half_a_second_is_a_repeat) {
  int64_t repeats[] = {0, 5, 100, 400, 500};
  for (size_t i = 0; i < sizeof repeats / sizeof repeats[0]; i++)
    CHECK(!is_another(SIGTERM, 0, SIGTERM, 0, repeats[i]));
  CHECK(is_another(SIGTERM, 0, SIGTERM, 0, 501));
  CHECK(is_another(SIGTERM, 0, SIGTERM, 0, 2000));
}

CASE(another_signal_may_be_the_same_request) {
  CHECK(!is_another(SIGTERM, 0, SIGHUP, 0, 1));
  CHECK(!is_another(SIGTERM, 0, SIGINT, KERNEL, 1));
  CHECK(is_another(SIGTERM, 0, SIGINT, KERNEL, 600));
}

CASE(a_wrapper_passes_on_what_the_terminal_has_sent) {
  CHECK(!is_another(SIGINT, KERNEL, SIGINT, 0, 20));
  CHECK(!is_another(SIGINT, 0, SIGINT, KERNEL, 20));
}

CASE(two_keys_are_two_requests) {
  CHECK(is_another(SIGINT, KERNEL, SIGINT, KERNEL, 150));
  CHECK(is_another(SIGINT, KERNEL, SIGQUIT, KERNEL, 150));
}

CASE(what_the_kernel_repeats_by_itself_is_none) {
  CHECK(!is_another(SIGXCPU, KERNEL, SIGXCPU, KERNEL, 1000));
  CHECK(!is_another(SIGHUP, KERNEL, SIGHUP, KERNEL, 1000));
  CHECK(!is_another(SIGTERM, 0, SIGHUP, KERNEL, 1000));
  CHECK(is_another(SIGHUP, KERNEL, SIGHUP, 0, 1000));
}

static int to_child[2];
static struct heliograph_shutdown_terms terms;

static void open_shutdown(void) {
  say_to_parent();
  open_and_catch(0, SIGTERM);
  CHECK_OK(heliograph_shutdown_open());
  CHECK_OK(heliograph_shutdown_on(SIGTERM, &terms));
}

static void repeat_a_request(void) {
  open_shutdown();
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  raise(SIGTERM);
  raise(SIGINT); /* a default action beneath it would end the process */
  _exit(7);
}

CASE(a_repeat_changes_nothing) {
  terms = (struct heliograph_shutdown_terms){.status = -1};
  check_exited(run(repeat_a_request), 7);
  CHECK_TEXT(said, "");
}

static void send_until_no_repeat(void) {
  open_shutdown();
  raise(SIGTERM);
  for (int i = 0; i < 70; i++) { /* 700 ms at least */
    (void)poll(NULL, 0, 10);
    raise(SIGTERM);
  }
  _exit(7);
}

CASE(a_second_request_can_be_ignored) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .ignores_second = 1};
  check_exited(run(send_until_no_repeat), 7);
  CHECK_TEXT(said, "");
  terms.ignores_second = 0;
  check_exited(run(send_until_no_repeat), 128 + SIGTERM);
}

static void hold_and_release(void) {
  open_shutdown();
  CHECK_EQ(heliograph_shutdown_release(), -EINVAL);
  CHECK(!heliograph_shutdown_is_held());
  raise(SIGTERM);
  CHECK(heliograph_shutdown_is_held());
  CHECK_EQ(heliograph_shutdown_off(SIGTERM), -EBUSY);
  CHECK_OK(heliograph_shutdown_release());
  CHECK(!heliograph_shutdown_is_held());
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  _exit(7);
}

CASE(a_hold_lasts_until_it_is_released) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .hold_ns = INT64_MAX};
  check_exited(run(hold_and_release), 7);
}

static void hold_to_the_end(void) {
  open_shutdown();
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  _exit(7);
}

CASE(a_hold_ends_by_itself) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .hold_ns = 1 * MS};
  check_exited(run(hold_to_the_end), 7);
}

/* Ends the hold, and not the process. */
static void request_in_the_hold(void) {
  open_shutdown();
  raise(SIGTERM);
  while (heliograph_shutdown_is_held()) {
    (void)poll(NULL, 0, 10);
    raise(SIGTERM);
  }
  CHECK_EQ(heliograph_shutdown_await_begin(), SIGTERM);
  raise(SIGTERM); /* a repeat of the second */
  _exit(7);
}

CASE(a_second_request_ends_the_hold) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .hold_ns = INT64_MAX};
  check_exited(run(request_in_the_hold), 7);
  CHECK_TEXT(said, "");
}

static void hold_past_the_deadline(void) {
  open_shutdown();
  raise(SIGTERM);
  for (;;)
    pause();
}

CASE(the_deadline_counts_from_the_arrival) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .hold_ns = INT64_MAX, .within_ns = 1 * MS};
  check_exited(run(hold_past_the_deadline), 128 + SIGTERM);
  CHECK(strstr(said, "heliograph: TERM: not ended within 1 ms; ") != NULL);
}

static void begin_and_say_so(void) {
  open_shutdown();
  raise(SIGTERM);
  CHECK_EQ(write(to_child[1], "b", 1), 1);
  for (;;)
    pause();
}

/* Stops the process for longer than its deadline. */
static void stop_and_go_on(void) {
  char begun;
  int status;
  CHECK_EQ(pipe2(to_child, O_CLOEXEC), 0);
  pid_t child = start_child(begin_and_say_so);
  CHECK_EQ(read(to_child[0], &begun, 1), 1);
  CHECK_OK(kill(child, SIGSTOP));
  CHECK_EQ(waitpid(child, &status, WUNTRACED), child);
  CHECK(WIFSTOPPED(status));
  (void)poll(NULL, 0, 2000);
  CHECK_OK(kill(child, SIGCONT));
  _exit(WEXITSTATUS(status_of(child)));
}

CASE(time_in_which_the_process_was_stopped_does_not_count) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .within_ns = 1000 * MS};
  check_exited(run(stop_and_go_on), 128 + SIGTERM);
  CHECK(strstr(said, "not ended within 1 s, not counting ") != NULL);
}

static void send_what_was_ignored(void) {
  signal(SIGTERM, SIG_IGN);
  open_shutdown();
  raise(SIGTERM);
  CHECK_EQ(heliograph_shutdown_requested_by(), 0);
  _exit(7);
}

CASE(what_the_app_ignores_requests_nothing_of_it) {
  terms = (struct heliograph_shutdown_terms){.status = -1, .within_ns = 1 * MS, .is_left_to_app = 1};
  check_exited(run(send_what_was_ignored), 7);
}
