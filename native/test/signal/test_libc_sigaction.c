/*
 * A sigaction() of somebody else's above the C library's, as the JDK's libjsig is when preloaded: for
 * SIGQUIT, that one answers 0 and does nothing. So the dispositions are looked at by way of /proc here.
 */
#include "test/support.h"
#include "test/test.h"

#include <string.h>
#include <unistd.h>

static int calls;

int sigaction(int signal, const struct sigaction *action, struct sigaction *old) {
  (void)signal;
  (void)action;
  calls++;
  if (old != NULL)
    memset(old, 0, sizeof *old);
  return 0;
}

static bool is_caught(int signal) {
  return proc_says(getpid(), "SigCgt", signal);
}

CASE_NOT_UNDER_SANITIZERS(the_librarys_reaches_the_kernel_past_it) {
  set_handler(SIGUSR1, SIG_IGN);
  CHECK_EQ(calls, 1); /* it is above the C library's for us, so it would be for the library */
  CHECK(!proc_says(getpid(), "SigIgn", SIGUSR1));

  open_and_catch(0, SIGQUIT);
  CHECK(is_caught(SIGQUIT));
  raise(SIGQUIT);
  CHECK_EQ(read_one().signal, SIGQUIT);
  CHECK_OK(heliograph_restore(SIGQUIT));
  CHECK(!is_caught(SIGQUIT));
  CHECK_EQ(calls, 1);
}

CASE_NOT_UNDER_SANITIZERS(what_was_there_is_taken_from_the_kernel) {
  signal(SIGQUIT, SIG_IGN); /* which does not go through sigaction() */
  open_and_catch(0, SIGQUIT);
  CHECK(is_caught(SIGQUIT));
  CHECK_OK(heliograph_observe(SIGQUIT));
  CHECK(proc_says(getpid(), "SigIgn", SIGQUIT));
  CHECK_OK(heliograph_close());
  CHECK(proc_says(getpid(), "SigIgn", SIGQUIT));
}
