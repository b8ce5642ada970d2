#include "signal/names.h"

#include "signal/state.h"

#include <stdio.h>
#include <string.h>

#define STANDARD(name) [SIG##name] = #name

/* The platform's numbers come from its <signal.h>. */
static const char *const standard_names[] = {
    STANDARD(HUP),  STANDARD(INT),    STANDARD(QUIT), STANDARD(ILL),    STANDARD(TRAP), STANDARD(ABRT),
    STANDARD(BUS),  STANDARD(FPE),    STANDARD(KILL), STANDARD(USR1),   STANDARD(SEGV), STANDARD(USR2),
    STANDARD(PIPE), STANDARD(ALRM),   STANDARD(TERM), STANDARD(STKFLT), STANDARD(CHLD), STANDARD(CONT),
    STANDARD(STOP), STANDARD(TSTP),   STANDARD(TTIN), STANDARD(TTOU),   STANDARD(URG),  STANDARD(XCPU),
    STANDARD(XFSZ), STANDARD(VTALRM), STANDARD(PROF), STANDARD(WINCH),  STANDARD(IO),   STANDARD(PWR),
    STANDARD(SYS),
};

/* "RTMIN+30" and its like. SIGRTMIN is no constant, so the names are made when the library is loaded. */
static char real_time_names[MAX_SIGNAL + 1][sizeof "RTMIN+" + 11];

__attribute__((constructor)) static void name_real_time_signals(void) {
  for (int signal = SIGRTMIN; signal <= SIGRTMAX && signal <= MAX_SIGNAL; signal++) {
    char *name = real_time_names[signal];
    if (signal == SIGRTMIN)
      (void)snprintf(name, sizeof real_time_names[0], "RTMIN");
    else if (signal == SIGRTMAX)
      (void)snprintf(name, sizeof real_time_names[0], "RTMAX");
    else
      (void)snprintf(name, sizeof real_time_names[0], "RTMIN+%d", signal - SIGRTMIN);
  }
}

int heliograph_max_signal(void) {
  return SIGRTMAX;
}

const char *heliograph_signal_name(int signal) {
  if (signal < 1 || signal > MAX_SIGNAL)
    return NULL;
  if (signal < (int)(sizeof standard_names / sizeof *standard_names))
    return standard_names[signal];
  return real_time_names[signal][0] == '\0' ? NULL : real_time_names[signal];
}

bool heliograph_is_signal(int signal) {
  return heliograph_signal_name(signal) != NULL;
}

bool heliograph_may_be_caught(int signal) {
  switch (signal) {
  case SIGKILL: /* POSIX, sigaction(): these two can be neither caught nor ignored */
  case SIGSTOP:
  case SIGSEGV: /* the instruction that failed would fail again when the handler returns */
  case SIGBUS:
  case SIGFPE:
  case SIGILL:
    return false;
  default:
    return heliograph_is_signal(signal);
  }
}
