#include "pipe.h"

#include "instance.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* pipe(7): an unprivileged process may ask for up to /proc/sys/fs/pipe-max-size, 1 MiB unless it was changed.
 */
#define LARGEST_PIPE ((size_t)1 << 20)

static int set_flags(int fd, int add, int remove) {
  int flags = fcntl(fd, F_GETFL);
  if (flags < 0 || fcntl(fd, F_SETFL, (flags | add) & ~remove) < 0)
    return -errno;
  return 0;
}

/* A user who has used up pipe-user-pages-soft gets EPERM for a large pipe, and the size that there is will
 * do. */
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
  int error = set_flags(ends[1], O_NONBLOCK, 0); /* a handler must never wait for room */
  if (error != 0) {
    close(ends[0]);
    close(ends[1]);
    return error;
  }
  resize(ends[1], pipe_bytes);
  heliograph_instance.read_fd = ends[0];
  heliograph_instance.write_fd = ends[1];
  heliograph_instance.capacity =
      (uint32_t)fcntl(ends[1], F_GETPIPE_SZ) / (uint32_t)sizeof(struct heliograph_record);
  return 0;
}

void heliograph_pipe_close(void) {
  close(heliograph_instance.write_fd);
  close(heliograph_instance.read_fd);
  heliograph_instance.write_fd = -1;
  heliograph_instance.read_fd = -1;
}

int heliograph_capacity(void) {
  pthread_mutex_lock(&heliograph_instance.lock);
  int result = heliograph_instance.open ? (int)heliograph_instance.capacity : -EBADF;
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}

int heliograph_set_short_slice(int is_short) {
  atomic_store(&heliograph_instance.wants_short_slice, is_short != 0);
  return heliograph_wake();
}

int heliograph_set_blocking(int blocking) {
  pthread_mutex_lock(&heliograph_instance.lock);
  atomic_store(&heliograph_instance.spins, blocking == 0);
  int result = !heliograph_instance.open ? -EBADF
               : blocking                ? set_flags(heliograph_instance.read_fd, 0, O_NONBLOCK)
                                         : set_flags(heliograph_instance.read_fd, O_NONBLOCK, 0);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}
