#include "test/helpers/ending.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

_Noreturn void fail(const char *what) {
  fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, strerror(errno));
  exit(1);
}

void tell(const char *report, const char *suffix, const char *format, ...) {
  char path[PATH_MAX];
  char aside[PATH_MAX];
  va_list arguments;
  snprintf(path, sizeof path, "%s%s", report, suffix);
  snprintf(aside, sizeof aside, "%s%s.part", report, suffix);
  FILE *file = fopen(aside, "we");
  va_start(arguments, format);
  if (file == NULL || vfprintf(file, format, arguments) < 0 || fclose(file) != 0 || rename(aside, path) != 0)
    fail(path);
  va_end(arguments);
}

void tell_ending(const char *report, int status) {
  if (WIFSIGNALED(status))
    tell(report, "", "signaled %d\n", WTERMSIG(status));
  else
    tell(report, "", "exited %d\n", WEXITSTATUS(status));
}

void start_from_the_defaults(void) {
  sigset_t none;
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    (void)sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL},
                    NULL); /* not KILL, STOP and libc's own */
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn void become(char **command) {
  execvp(command[0], command);
  fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, command[0], strerror(errno));
  _exit(127);
}
