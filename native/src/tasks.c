#include "tasks.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

/* One bit a thread. PID_MAX_LIMIT of the kernel, on 64 bits. Pages that nothing is written to cost nothing.
 */
#define MOST_TIDS ((size_t)1 << 22)

struct tasks_seen {
  uint64_t bits[MOST_TIDS / 64];
};

struct tasks_seen *heliograph_tasks_seen(void) {
  void *memory =
      mmap(NULL, sizeof(struct tasks_seen), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? NULL : memory;
}

void heliograph_tasks_forget(struct tasks_seen *seen) {
  munmap(seen, sizeof *seen);
}

static bool is_first_time(struct tasks_seen *seen, pid_t tid) {
  if (tid <= 0 || (size_t)tid >= MOST_TIDS)
    return false;
  uint64_t *word = &seen->bits[(size_t)tid / 64];
  uint64_t bit = UINT64_C(1) << ((size_t)tid % 64);
  bool is_first = (*word & bit) == 0;
  *word |= bit;
  return is_first;
}

static bool each_of(const char *entries, ssize_t length, struct tasks_seen *seen, tasks_visitor visitor,
                    void *argument) {
  for (ssize_t at = 0; at < length;) {
    const struct dirent64 *entry = (const struct dirent64 *)(entries + at);
    at += entry->d_reclen;
    pid_t tid = (pid_t)strtol(entry->d_name, NULL, 10); /* 0 for "." and ".." */
    if (is_first_time(seen, tid) && !visitor(tid, argument))
      return false;
  }
  return true;
}

void heliograph_tasks_each(struct tasks_seen *seen, tasks_visitor visitor, void *argument) {
  _Alignas(struct dirent64) char entries[4096];
  bool goes_on = true;
  int fd = open("/proc/self/task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return;
  while (goes_on) {
    ssize_t length = getdents64(fd, entries, sizeof entries);
    if (length <= 0)
      break;
    goes_on = each_of(entries, length, seen, visitor, argument);
  }
  close(fd);
}

/* The beginning of a file of the thread's (0: the calling one; below 0: the process). False where there is
 * none. */
static bool read_file(pid_t tid, const char *name, char *text, size_t room) {
  char path[64];
  if (tid < 0)
    (void)snprintf(path, sizeof path, "/proc/self/%s", name);
  else
    (void)snprintf(path, sizeof path, "/proc/self/task/%d/%s", tid == 0 ? (int)syscall(SYS_gettid) : (int)tid,
                   name);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return false;
  ssize_t length = read(fd, text, room - 1);
  close(fd);
  text[length < 0 ? 0 : length] = '\0';
  return length > 0;
}

/* What stands behind the name of a line; a thread's name cannot hold the line's end (it is escaped). */
static const char *line_of(const char *text, const char *name) {
  const char *line = strstr(text, name);
  return line == NULL ? NULL : line + strlen(name);
}

bool heliograph_task_signals(pid_t tid, struct task_signals *signals) {
  char text[4096];
  if (!read_file(tid, "status", text, sizeof text))
    return false;
  const char *state = line_of(text, "\nState:\t");
  const char *pending = line_of(text, "\nSigPnd:");
  const char *blocked = line_of(text, "\nSigBlk:");
  if (state == NULL || *state == 'Z' || *state == 'X' || pending == NULL || blocked == NULL)
    return false;
  signals->state = *state;
  signals->pending = strtoull(pending, NULL, 16);
  signals->blocked = strtoull(blocked, NULL, 16);
  return true;
}

bool heliograph_tasks_may_have_pending(void) {
  char text[4096];
  if (!read_file(-1, "status", text, sizeof text))
    return false;
  const char *queued = line_of(text, "\nSigQ:");
  const char *limit = queued == NULL ? NULL : strchr(queued, '/');
  /* Where none may be queued (RLIMIT_SIGPENDING), one that waits is not counted. */
  return limit == NULL || strtoul(queued, NULL, 10) != 0 || strtoul(limit + 1, NULL, 10) == 0;
}

/* "12 (any name) S 1 …": the 22nd word, 19 behind the state. */
int64_t heliograph_task_started(pid_t tid) {
  char text[1024];
  if (!read_file(tid, "stat", text, sizeof text))
    return -1;
  const char *at = strrchr(text, ')');
  for (int word = 2; at != NULL && word < 22; word++) {
    at = strchr(at, ' ');
    at = at == NULL ? NULL : at + 1;
  }
  return at == NULL ? -1 : strtoll(at, NULL, 10);
}

/* The clock's number is made as pthread_getcpuclockid(3) makes it, which wants a pthread_t. */
int64_t heliograph_task_used_ns(pid_t tid) {
  struct timespec used;
  clockid_t clock = (clockid_t)(~(unsigned)tid << 3 | 6);
  return clock_gettime(clock, &used) == 0 ? (int64_t)used.tv_sec * 1000000000 + used.tv_nsec : 0;
}

int64_t heliograph_task_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_BOOTTIME, &now);
  int64_t per_second = sysconf(_SC_CLK_TCK);
  return (int64_t)now.tv_sec * per_second + now.tv_nsec / (1000000000 / per_second);
}

struct name_count {
  const char *name;
  int count;
};

static bool count_named(pid_t tid, void *argument) {
  struct name_count *wanted = argument;
  char text[64];
  if (read_file(tid, "comm", text, sizeof text)) {
    text[strcspn(text, "\n")] = '\0';
    wanted->count += strcmp(text, wanted->name) == 0;
  }
  return true;
}

int heliograph_tasks_named(const char *name) {
  struct name_count wanted = {.name = name};
  struct tasks_seen *seen = heliograph_tasks_seen();
  if (seen == NULL)
    return 0;
  heliograph_tasks_each(seen, count_named, &wanted);
  heliograph_tasks_forget(seen);
  return wanted.count;
}
