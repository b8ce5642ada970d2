#include "proc_file.h"

#include "line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

/* Whether /proc shows this process under its own pid: not where it is that of another pid namespace, whose
 * processes are others. */
enum { NOT_LOOKED, OURS, ANOTHERS };
static _Atomic(int) whose;

static bool is_ours(void) {
  int known = atomic_load(&whose);
  if (known == NOT_LOOKED) {
    char self[12] = {0};
    ssize_t length = readlink("/proc/self", self, sizeof self - 1);
    pid_t pid = 0;
    for (ssize_t i = 0; i < length; i++)
      pid = pid * 10 + (self[i] - '0');
    known = pid == getpid() ? OURS : ANOTHERS;
    atomic_store(&whose, known);
  }
  return known == OURS;
}

void heliograph_proc_forget(void) {
  atomic_store(&whose, NOT_LOOKED);
}

int heliograph_proc_open(pid_t pid) {
  char path[sizeof "/proc/2147483647"] = {0};
  struct line line = {.text = path, .room = sizeof path - 1};
  if (pid <= 0 || !is_ours())
    return -ESRCH;
  heliograph_line_add(&line, "/proc/");
  heliograph_line_add_number(&line, (uint64_t)pid);
  int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return folder < 0 ? -errno : folder;
}

ssize_t heliograph_proc_read(int folder, const char *file, char *bytes, size_t room) {
  int fd = openat(folder, file, O_RDONLY | O_CLOEXEC);
  if (fd < 0)
    return -errno;
  ssize_t count = read(fd, bytes, room);
  int error = errno;
  close(fd);
  return count < 0 ? -error : count;
}

void heliograph_proc_close(int folder) {
  close(folder);
}
