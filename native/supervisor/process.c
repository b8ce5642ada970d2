#include "process.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct facts {
  char state; /* 0 where it is gone */
  pid_t parent;
};

/* Fields of /proc/PID/stat; the second is a name in parentheses, in which anything can stand. */
static struct facts facts_of(pid_t pid) {
  char path[64];
  char text[512];
  (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return (struct facts){0};
  size_t length = fread(text, 1, sizeof text - 1, file);
  (void)fclose(file);
  text[length] = '\0';
  const char *name_end = strrchr(text, ')');
  if (name_end == NULL || strlen(name_end) < 5)
    return (struct facts){0};
  return (struct facts){.state = name_end[2], .parent = (pid_t)strtol(name_end + 4, NULL, 10)};
}

pid_t process_parent(pid_t pid) {
  return facts_of(pid).parent;
}

bool process_is_over(pid_t pid) {
  char state = facts_of(pid).state;
  return state == 0 || state == 'Z' || state == 'X';
}

/* Bit 0 is signal 1. */
struct signals {
  unsigned long long pending; /* in the process as a whole */
  unsigned long long blocked; /* by its first thread */
  unsigned long long ignored;
  unsigned long long caught;
};

static unsigned long long set_of(const char *line) {
  return strtoull(strchr(line, ':') + 1, NULL, 16);
}

/* Lines of /proc/PID/status. */
static struct signals signals_of(pid_t pid) {
  struct signals signals = {0};
  char path[64];
  char line[256];
  (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return signals;
  while (fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "ShdPnd:", 7) == 0)
      signals.pending = set_of(line);
    else if (strncmp(line, "SigBlk:", 7) == 0)
      signals.blocked = set_of(line);
    else if (strncmp(line, "SigIgn:", 7) == 0)
      signals.ignored = set_of(line);
    else if (strncmp(line, "SigCgt:", 7) == 0)
      signals.caught = set_of(line);
  (void)fclose(file);
  return signals;
}

static bool has(unsigned long long set, int signal) {
  return (set >> (signal - 1) & 1) != 0;
}

bool process_has_pending(pid_t pid, int signal) {
  return has(signals_of(pid).pending, signal);
}

bool process_has_default_action(pid_t pid, int signal) {
  struct signals signals = signals_of(pid);
  return !has(signals.ignored | signals.caught, signal);
}

bool process_may_outlive(pid_t pid, int signal) {
  struct signals signals = signals_of(pid);
  return has(signals.blocked | signals.ignored | signals.caught, signal);
}

bool process_proc_is_ours(void) {
  char target[32];
  char self[32];
  ssize_t length = readlink("/proc/self", target, sizeof target - 1);
  if (length < 0)
    return false;
  target[length] = '\0';
  (void)snprintf(self, sizeof self, "%d", (int)getpid());
  return strcmp(target, self) == 0;
}

uint64_t process_namespace(void) {
  struct stat facts;
  return stat("/proc/self/ns/pid", &facts) == 0 ? facts.st_ino : 0;
}
