#include "test/support.h"
#include "test/test.h"

#include <stdio.h>
#include <string.h>

CASE(standard_signals_have_their_names) {
  CHECK_TEXT(heliograph_signal_name(SIGHUP), "HUP");
  CHECK_TEXT(heliograph_signal_name(SIGINT), "INT");
  CHECK_TEXT(heliograph_signal_name(SIGTERM), "TERM");
  CHECK_TEXT(heliograph_signal_name(SIGKILL), "KILL");
  CHECK_TEXT(heliograph_signal_name(SIGCHLD), "CHLD");
  CHECK_TEXT(heliograph_signal_name(SIGWINCH), "WINCH");
  CHECK_TEXT(heliograph_signal_name(SIGSYS), "SYS");
}

/* The shell's own list of names as the second opinion: sigabbrev_np() is glibc's alone. */
CASE(every_standard_signal_has_the_name_that_the_shell_gives) {
  FILE *names = popen("i=1; while [ $i -le 31 ]; do kill -l $i; i=$((i + 1)); done", "r");
  char name[32];
  CHECK(names != NULL);
  for (int signal = 1; signal <= 31; signal++) {
    CHECK(fgets(name, sizeof name, names) != NULL);
    name[strcspn(name, "\n")] = '\0';
    if (signal != SIGIO && signal != SIGSTKFLT) /* some shells say POLL, and know no STKFLT */
      CHECK_TEXT(heliograph_signal_name(signal), name);
  }
  CHECK_EQ(pclose(names), 0);
  CHECK_TEXT(heliograph_signal_name(SIGIO), "IO");
  CHECK_TEXT(heliograph_signal_name(SIGSTKFLT), "STKFLT");
}

CASE(real_time_signals_are_counted_from_RTMIN) {
  char expected[32];
  CHECK_TEXT(heliograph_signal_name(SIGRTMIN), "RTMIN");
  CHECK_TEXT(heliograph_signal_name(SIGRTMAX), "RTMAX");
  for (int offset = 1; SIGRTMIN + offset < SIGRTMAX; offset++) {
    snprintf(expected, sizeof expected, "RTMIN+%d", offset);
    CHECK_TEXT(heliograph_signal_name(SIGRTMIN + offset), expected);
  }
}

CASE(numbers_that_no_program_may_use_have_no_name) {
  CHECK(heliograph_signal_name(0) == NULL);
  CHECK(heliograph_signal_name(-1) == NULL);
  for (int signal = 32; signal < SIGRTMIN; signal++)
    CHECK(heliograph_signal_name(signal) == NULL);
  CHECK(heliograph_signal_name(SIGRTMAX + 1) == NULL);
  CHECK(heliograph_signal_name(1000000) == NULL);
}

CASE(no_two_signals_share_a_name) {
  for (int one = 1; one <= SIGRTMAX; one++)
    for (int other = one + 1; other <= SIGRTMAX; other++)
      if (heliograph_signal_name(one) != NULL && heliograph_signal_name(other) != NULL)
        CHECK(strcmp(heliograph_signal_name(one), heliograph_signal_name(other)) != 0);
}

CASE(the_largest_signal_is_SIGRTMAX) {
  CHECK_EQ(heliograph_max_signal(), SIGRTMAX);
}
