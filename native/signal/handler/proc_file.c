#include "signal/handler/proc_file.h"

#include "signal/handler/line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

static atomic_bool is_ours;

/* Reads a number and the white space after it. */
static uint64_t number(const char **text, const char *end) {
  uint64_t value = 0;
  while (*text < end && **text >= '0' && **text <= '9')
    value = value * 10 + (uint64_t)(*(*text)++ - '0');
  while (*text < end && (**text == ' ' || **text == '\t'))
    (*text)++;
  return value;
}

/* What follows a key such as "\nUid:\t", or NULL. A process's name cannot contain the key, because the kernel
 * escapes newlines in this file. */
static const char *behind(const char *key, const char *text, size_t length) {
  size_t key_length = strlen(key);
  for (size_t i = 0; i + key_length <= length; i++)
    if (memcmp(text + i, key, key_length) == 0)
      return text + i + key_length;
  return NULL;
}

/* NSpid has one pid for each namespace, from that of the mounted /proc down to the process's own. */
void heliograph_proc_look_whose(void) {
  char status[4096];
  int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
  ssize_t length = fd < 0 ? 0 : read(fd, status, sizeof status);
  if (fd >= 0)
    close(fd);
  const char *pids = length <= 0 ? NULL : behind("\nNSpid:\t", status, (size_t)length);
  bool ours = pids != NULL && number(&pids, status + length) == (uint64_t)getpid() &&
              pids < status + length && *pids == '\n';
  atomic_store(&is_ours, ours);
}

void heliograph_proc_forget(void) {
  atomic_store(&is_ours, false);
}

int heliograph_proc_open(pid_t pid) {
  char path[sizeof "/proc/2147483647"] = {0};
  struct line line = {.text = path, .room = sizeof path - 1};
  if (pid <= 0 || !atomic_load(&is_ours))
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

/* The real one is the first of four. */
bool heliograph_proc_uid(int folder, uint32_t *uid) {
  char status[512];
  ssize_t length = heliograph_proc_read(folder, "status", status, sizeof status);
  const char *uids = length <= 0 ? NULL : behind("\nUid:\t", status, (size_t)length);
  if (uids == NULL)
    return false;
  *uid = (uint32_t)number(&uids, status + length);
  return true;
}

void heliograph_proc_close(int folder) {
  close(folder);
}
