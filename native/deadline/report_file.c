#include "deadline/report_file.h"

#include "heliograph_report.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
  char path[PATH_MAX];
  char aside[PATH_MAX + 32];
  bool is_mount; /* it cannot be replaced: rename(2) says EBUSY, or EXDEV */
  int locked;    /* a descriptor whose lock tells that this process lives; -1: none */
} file = {.locked = -1};

/* The file that a symbolic link names, so that the link stays. */
static int set_paths(const char *path) {
  if (realpath(path, file.path) == NULL) {
    if (errno != ENOENT)
      return -errno;
    if (strlen(path) >= sizeof file.path)
      return -ENAMETOOLONG;
    memcpy(file.path, path, strlen(path) + 1);
  }
  const char *slash = strrchr(file.path, '/');
  int folder = slash == NULL ? 0 : (int)(slash - file.path + 1);
  (void)snprintf(file.aside, sizeof file.aside, "%.*s.%s.heliograph", folder, file.path, file.path + folder);
  return 0;
}

int heliograph_report_file_open(const char *path) {
  struct stat status;
  heliograph_report_file_close();
  file.is_mount = false;
  int error = set_paths(path);
  if (error != 0 || stat(file.path, &status) != 0 || !S_ISREG(status.st_mode))
    return error;
  int fd = open(file.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  bool is_held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (fd >= 0)
    close(fd);
  return is_held ? 1 : 0;
}

void heliograph_report_file_close(void) {
  if (file.locked >= 0)
    close(file.locked);
  file.locked = -1;
}

/*
 * Takes over the descriptor. On a file system without locks nobody can tell that this process lives. The
 * child of a fork lets go of its copy, or it would keep the lock.
 */
static void hold(int fd) {
  heliograph_report_file_close(); /* first: the lock of another descriptor of the same file excludes ours */
  (void)flock(fd, LOCK_EX | LOCK_NB);
  file.locked = fd;
}

static int write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(fd, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return written < 0 ? -errno : -EIO;
    bytes += written;
    length -= (size_t)written;
  }
  return 0;
}

/* Others may have been given leave to read the file that is replaced, so the new one has its owner and mode.
 */
static void look_like(int fd, const struct stat *standing) {
  if (fchown(fd, standing->st_uid, standing->st_gid) == 0 || standing->st_uid == geteuid())
    (void)fchmod(fd, standing->st_mode & 07777);
}

static int write_aside(const char *text, size_t length, const struct stat *standing) {
  (void)unlink(
      file.aside); /* of a process that was killed as it wrote. O_EXCL: never through another's link */
  int fd = open(file.aside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0)
    return -errno;
  if (standing != NULL)
    look_like(fd, standing);
  int error = write_all(fd, text, length);
  if (error == 0 && rename(file.aside, file.path) != 0)
    error = -errno;
  if (error == 0) {
    hold(fd);
    return 0;
  }
  file.is_mount = error == -EBUSY || error == -EXDEV;
  (void)unlink(file.aside);
  close(fd);
  return error;
}

/*
 * One write(2) covers what stood there with line ends, which JSON too allows at its end. So a process that is
 * killed in between leaves neither an empty file nor a piece of an old one.
 */
static int overwrite(int fd, const char *text, size_t length, size_t standing) {
  char padded[HELIOGRAPH_REPORT_BYTES];
  if (standing > sizeof padded)
    standing = sizeof padded;
  size_t all = standing > length ? standing : length;
  memset(padded, '\n', sizeof padded);
  memcpy(padded, text, length);
  int error = write_all(fd, padded, all);
  if (error == 0 && ftruncate(fd, (off_t)length) != 0)
    error = -errno;
  return error;
}

/* A named pipe without a reader refuses O_NONBLOCK with ENXIO (fifo(7)). */
static int write_in_place(const char *text, size_t length) {
  struct stat status;
  int fd = open(file.path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0600);
  if (fd < 0)
    return -errno;
  bool is_regular = fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  int error = is_regular ? overwrite(fd, text, length, (size_t)status.st_size) : write_all(fd, text, length);
  if (error == 0 && is_regular)
    hold(fd);
  else
    close(fd);
  return error;
}

int heliograph_report_file_write(const char *text, size_t length) {
  struct stat standing;
  bool is_there = lstat(file.path, &standing) == 0;
  bool is_replaceable = !file.is_mount && (!is_there || S_ISREG(standing.st_mode));
  if (is_replaceable && write_aside(text, length, is_there ? &standing : NULL) == 0)
    return 0;
  return write_in_place(text, length);
}
