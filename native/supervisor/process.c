#include "process.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* PF_EXITING of the kernel's sched.h: it runs no more code of its own. */
#define EXITING 0x4UL

struct facts {
  char state; /* 0 where it is gone */
  pid_t parent;
  bool is_exiting;
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
  struct facts facts = {.state = name_end[2]};
  char *next;
  facts.parent = (pid_t)strtol(name_end + 4, &next, 10);
  for (int skipped = 0; skipped < 4; skipped++) /* group, session, terminal and its group */
    (void)strtol(next, &next, 10);
  facts.is_exiting = (strtoul(next, NULL, 10) & EXITING) != 0;
  return facts;
}

pid_t process_parent(pid_t pid) {
  return facts_of(pid).parent;
}

static bool is_dead(char state) {
  return state == 0 || state == 'Z' || state == 'X';
}

bool process_is_over(pid_t pid) {
  return is_dead(facts_of(pid).state);
}

/* Of signals, in /proc/PID/status. */
enum set {
  OWN_PENDING /* of its first thread */,
  PENDING,
  BLOCKED /* by its first thread */,
  IGNORED,
  CAUGHT,
  SETS
};
static const char *const set_names[SETS] = {"SigPnd:", "ShdPnd:", "SigBlk:", "SigIgn:", "SigCgt:"};

struct status {
  char state;
  long threads;
  unsigned long long sets[SETS]; /* bit 0 is signal 1 */
};

static void take_line(struct status *status, const char *line) {
  const char *value = strchr(line, ':');
  if (value == NULL)
    return;
  value++;
  if (strncmp(line, "State:", 6) == 0)
    status->state = value[strspn(value, "\t ")];
  else if (strncmp(line, "Threads:", 8) == 0)
    status->threads = strtol(value, NULL, 10);
  for (int set = 0; set < SETS; set++)
    if (strncmp(line, set_names[set], strlen(set_names[set])) == 0)
      status->sets[set] = strtoull(value, NULL, 16);
}

/* All 0 where it is gone. */
static struct status status_of(pid_t pid) {
  struct status status = {0};
  char path[64];
  char line[256];
  (void)snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return status;
  while (fgets(line, sizeof line, file) != NULL)
    take_line(&status, line);
  (void)fclose(file);
  return status;
}

static bool has(const struct status *status, enum set set, int signal) {
  return (status->sets[set] >> (signal - 1) & 1) != 0;
}

bool process_has_pending(pid_t pid, int signal) {
  struct status status = status_of(pid);
  return has(&status, PENDING, signal);
}

/*
 * Whom a signal kills, and be it TERM, the kernel gives a KILL to each thread (complete_signal()), and marks
 * each as exiting when it has taken that.
 */
struct answer process_answer(pid_t pid, int signal) {
  struct status status = status_of(pid);
  return (struct answer){
      .is_over =
          is_dead(status.state) && status.threads <= 1, /* the first thread can end before the others */
      .is_dying = has(&status, OWN_PENDING, SIGKILL) || facts_of(pid).is_exiting,
      .is_stopped = status.state == 'T',
      .is_running = status.state == 'R' || status.state == 'D',
      .is_blocked = has(&status, BLOCKED, signal),
      .is_handled = has(&status, IGNORED, signal) || has(&status, CAUGHT, signal),
  };
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
