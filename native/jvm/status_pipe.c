#include "jvm/status_pipe.h"

#include "supervisor/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int write_fd = -1;

int heliograph_status_pipe_open(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC) != 0)
    return -errno;
  atomic_store(&write_fd, ends[1]);
  return 0;
}

int heliograph_status_pipe_write_left(int fd, int id) {
  const struct supervisor_record record = {.id = id, .kind = SUPERVISOR_LEFT};
  ssize_t written;
  do
    written = write(fd, &record, sizeof record);
  while (written < 0 && errno == EINTR);
  return written < 0 ? -errno : 0;
}

/* No process has the number 0. If the pipe is full, the reader does not sleep. */
void heliograph_status_pipe_wake(void) {
  int fd = atomic_load(&write_fd);
  struct pollfd room = {.fd = fd, .events = POLLOUT};
  if (fd >= 0 && poll(&room, 1, 0) == 1)
    (void)heliograph_status_pipe_write_left(fd, 0);
}
