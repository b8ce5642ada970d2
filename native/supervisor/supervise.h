/* The life of a supervisor. */
#ifndef HELIOGRAPH_SUPERVISOR_SUPERVISE_H
#define HELIOGRAPH_SUPERVISOR_SUPERVISE_H

#include "supervisor/command.h"

#include <stdint.h>

struct charge {
  pid_t jvm;
  int status_fd; /* the write end of the JVM's pipe */
  int32_t id;
  int64_t grace_ms; /* from the JVM's end to the kill */
  struct inheritance inheritance;
  char **command;
};

/* All signals are blocked, this process is a subreaper, and has one thread. */
_Noreturn void supervise(const struct charge *charge);

#endif
