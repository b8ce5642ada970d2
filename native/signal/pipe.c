#include "signal/pipe.h"

#include "signal/state.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* pipe(7): the default of /proc/sys/fs/pipe-max-size, the most that an unprivileged process gets. */
#define LARGEST_PIPE ((size_t)1 << 20)

static int set_flags(int fd, int add, int remove) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, (flags | add) & ~remove) < 0)
    return -errno;
  return 0;
}

/* A user that has used up pipe-user-pages-soft gets EPERM for a large pipe, and keeps the default size. */
static void resize(int fd, size_t pipe_bytes) {
  if (pipe_bytes != 0) {
    (void)fcntl(fd, F_SETPIPE_SZ, (int)pipe_bytes);
    return;
  }
  for (size_t size = LARGEST_PIPE; (int)size > fcntl(fd, F_GETPIPE_SZ); size /= 2)
    (void)fcntl(fd, F_SETPIPE_SZ, (int)size);
}

int heliograph_pipe_open(size_t pipe_bytes) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    return -errno;
  int error = set_flags(ends[1], O_NONBLOCK, 0); /* a handler must not wait for room */
  if (error != 0) {
    close(ends[0]);
    close(ends[1]);
    return error;
  }
  resize(ends[1], pipe_bytes);
  heliograph_state.read_fd = ends[0];
  heliograph_state.write_fd = ends[1];
  heliograph_state.capacity =
      (uint32_t)fcntl(ends[1], F_GETPIPE_SZ) / (uint32_t)sizeof(struct heliograph_record);
  return 0;
}

void heliograph_pipe_close(void) {
  close(heliograph_state.write_fd);
  close(heliograph_state.read_fd);
  heliograph_state.write_fd = -1;
  heliograph_state.read_fd = -1;
}

int heliograph_capacity(void) {
  pthread_mutex_lock(&heliograph_state.lock);
  int result = heliograph_state.open ? (int)heliograph_state.capacity : -EBADF;
  pthread_mutex_unlock(&heliograph_state.lock);
  return result;
}

int heliograph_set_blocking(int blocking) {
  pthread_mutex_lock(&heliograph_state.lock);
  atomic_store(&heliograph_state.spins, blocking == 0);
  int result = !heliograph_state.open ? -EBADF
               : blocking             ? set_flags(heliograph_state.read_fd, 0, O_NONBLOCK)
                                      : set_flags(heliograph_state.read_fd, O_NONBLOCK, 0);
  pthread_mutex_unlock(&heliograph_state.lock);
  return result;
}
