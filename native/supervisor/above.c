#include "above.h"

#include "process.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

bool above_has(const char *above, pid_t sender) {
  uint64_t own = process_namespace();
  for (const char *next = above; *next != '\0';) {
    char *end;
    uint64_t its = strtoull(next, &end, 10);
    pid_t pid = *end == ':' ? (pid_t)strtol(end + 1, &end, 10) : 0;
    if (its == own ? pid == sender : sender == 0)
      return true;
    next = *end == ',' ? end + 1 : "";
  }
  return false;
}

char *above_with(const char *above, pid_t supervisor) {
  char *list;
  int length = asprintf(&list, "%s%s%" PRIu64 ":%d", above, *above == '\0' ? "" : ",", process_namespace(),
                        (int)supervisor);
  return length < 0 ? NULL : list;
}
