#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <unistd.h>

CASE(the_version_is_that_of_the_header) {
  CHECK_TEXT(heliograph_version(), HELIOGRAPH_VERSION);
}

CASE(opening_twice_is_refused) {
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_open(0), -EALREADY);
  CHECK_EQ(heliograph_close(), 0);
}

CASE(closing_what_is_not_open_is_refused) {
  CHECK_EQ(heliograph_close(), -EBADF);
  CHECK_OK(heliograph_open(0));
  CHECK_EQ(heliograph_close(), 0);
  CHECK_EQ(heliograph_close(), -EBADF);
}

static void check_that_the_pipe_is_missed(void) {
  struct heliograph_record record;
  CHECK_EQ(heliograph_capacity(), -EBADF);
  CHECK_EQ(heliograph_catch(SIGUSR1), -EBADF);
  CHECK_EQ(heliograph_observe(SIGUSR1), -EBADF);
  CHECK_EQ(heliograph_observe_default(SIGUSR1), -EBADF);
  CHECK_EQ(heliograph_set_blocking(0), -EBADF);
  CHECK_EQ(heliograph_read(&record, 1), -EBADF);
  CHECK_EQ(heliograph_wake(), -EBADF);
  CHECK(action_of(SIGUSR1).sa_handler == SIG_DFL);
}

CASE(what_needs_the_pipe_says_where_there_is_none) {
  check_that_the_pipe_is_missed();
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_close());
  check_that_the_pipe_is_missed();
}

static void meet_term(void) {
  heliograph_run_default_action(SIGTERM);
}

CASE(what_needs_no_pipe_works_without_one) {
  struct heliograph_disposition disposition;
  CHECK_TEXT(heliograph_signal_name(SIGTERM), "TERM");
  CHECK_EQ(heliograph_get_disposition(SIGTERM, &disposition), 0);
  CHECK_EQ(disposition.kind, HELIOGRAPH_KIND_DEFAULT);
  CHECK_EQ(heliograph_send(getpid(), 0), 0);
  CHECK_EQ(heliograph_queue(getpid(), SIGWINCH, 0), 0);
  CHECK_EQ(heliograph_raise(SIGWINCH), 0);
  CHECK_EQ(heliograph_set_private(SIGUSR2), 0);
  CHECK_EQ(ledger_of(SIGTERM).arrived, 0);
  check_dies_by(start_child(meet_term), SIGTERM);
}

CASE(after_closing_it_opens_again_and_counts_from_the_start) {
  for (int round = 0; round < 3; round++) {
    struct tally tally = {0};
    open_and_catch(0, SIGUSR1);
    CHECK_EQ(ledger_of(SIGUSR1).arrived, 0);
    CHECK_OK(heliograph_raise(SIGUSR1));
    CHECK_OK(heliograph_raise(SIGUSR1));
    drain_into(&tally); /* which checks that sequence begins at 1 */
    check_ledger(SIGUSR1, 2, &tally);
    CHECK_OK(heliograph_close());
  }
}

CASE(closing_without_reading_leaves_nothing_for_the_next_instance) {
  struct tally tally = {0};
  open_and_catch(4096, SIGUSR1);
  for (int i = 0; i < 100; i++)
    CHECK_OK(heliograph_raise(SIGUSR1));
  CHECK_OK(heliograph_close());
  CHECK_OK(heliograph_open(4096));
  drain_into(&tally);
  CHECK_EQ(tally.all, 0);
}

CASE(closing_restores_every_disposition) {
  struct sigaction before[65];
  const int signals[] = {SIGHUP, SIGUSR1, SIGCHLD, SIGTERM, SIGTSTP, SIGRTMIN, SIGRTMAX};
  signal(SIGHUP, SIG_IGN);
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
    before[i] = action_of(signals[i]);
  CHECK_OK(heliograph_open(0));
  CHECK_OK(heliograph_catch(SIGHUP));
  CHECK_OK(heliograph_observe(SIGUSR1));
  CHECK_OK(heliograph_catch(SIGCHLD));
  CHECK_OK(heliograph_ignore(SIGTERM));
  CHECK_OK(heliograph_observe_default(SIGTSTP));
  CHECK_OK(heliograph_default(SIGRTMIN));
  CHECK_OK(heliograph_catch(SIGRTMAX));
  CHECK_OK(heliograph_close());
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    struct sigaction after = action_of(signals[i]);
    check_same_action(&after, &before[i]);
  }
}

/* Children that the process starts must not inherit the pipe. */
CASE(every_descriptor_is_close_on_exec) {
  bool was_open[64];
  int opened = 0;
  for (int fd = 0; fd < 64; fd++)
    was_open[fd] = fcntl(fd, F_GETFD) >= 0;
  CHECK_OK(heliograph_open(0));
  for (int fd = 0; fd < 64; fd++) {
    int flags = fcntl(fd, F_GETFD);
    if (was_open[fd] || flags < 0)
      continue;
    opened++;
    CHECK((flags & FD_CLOEXEC) != 0);
  }
  CHECK(opened >= 2);
}

CASE(closing_closes_every_descriptor) {
  int before = open_descriptors();
  for (int round = 0; round < 100; round++) {
    CHECK_OK(heliograph_open(0));
    CHECK(open_descriptors() > before);
    CHECK_OK(heliograph_close());
    CHECK_EQ(open_descriptors(), before);
  }
}
