/* Death by a signal at the end of an orderly exit. */
#include "heliograph_deadline.h"
#include "test/deadline/exit_with.h"
#include "test/support.h"
#include "test/test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int to_parent[2];
static int status;

static void say_that_exit_handlers_run(void) {
  CHECK_EQ(write(to_parent[1], "x", 1), 1);
}

static void exit_with_the_status(void) {
  CHECK_EQ(atexit(say_that_exit_handlers_run), 0);
  CHECK_OK(heliograph_die_by(SIGTERM));
  exit_with(status);
}

static void exit_with_the_later_signals(void) {
  CHECK_OK(heliograph_die_by(SIGTERM));
  CHECK_OK(heliograph_die_by(SIGINT));
  exit_with(status);
}

CASE(it_comes_after_all_that_the_exit_runs) {
  char said = 0;
  CHECK_EQ(pipe(to_parent), 0);
  status = 128 + SIGTERM;
  check_dies_by(start_child(exit_with_the_status), SIGTERM);
  CHECK_EQ(read(to_parent[0], &said, 1), 1);
}

CASE(another_status_is_kept) {
  CHECK_EQ(pipe(to_parent), 0);
  status = 3;
  int how = status_of(start_child(exit_with_the_status));
  CHECK(WIFEXITED(how));
  CHECK_EQ(WEXITSTATUS(how), 3);
}

CASE(the_last_call_holds) {
  status = 128 + SIGINT;
  check_dies_by(start_child(exit_with_the_later_signals), SIGINT);
  status = 128 + SIGTERM;
  int how = status_of(start_child(exit_with_the_later_signals));
  CHECK(WIFEXITED(how));
  CHECK_EQ(WEXITSTATUS(how), 128 + SIGTERM);
}

CASE(what_cannot_be_caught_is_refused) {
  CHECK_EQ(heliograph_die_by(SIGKILL), -EINVAL);
  CHECK_EQ(heliograph_die_by(0), -EINVAL);
}
