#include "deadline/notify.h"

#include "heliograph_notify.h"

#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* How long a message of an ordinary thread may wait: a full queue is emptied soon, or not at all. */
#define MOST_USEC 300000

/* After the deadline come the dump (500 ms), the report (500 ms), and the kernel's work on a large heap. */
#define MARGIN_NS INT64_C(5000000000)

/* Under its lock. */
static struct {
  pthread_mutex_t lock;
  int fd; /* -1: none is open */
  struct sockaddr_un address;
  socklen_t length;
  bool stopping_is_told;
  bool is_deaf; /* the receiver let a message wait in vain, and has read none since */
} notify = {.lock = PTHREAD_MUTEX_INITIALIZER, .fd = -1};

/* The name of an abstract socket begins with a zero byte, and has none at its end (unix(7)). */
static int set_address(const char *name) {
  size_t length = strlen(name);
  if (name[0] != '/' && name[0] != '@')
    return -EAFNOSUPPORT;
  if (length >= sizeof notify.address.sun_path)
    return -ENAMETOOLONG;
  notify.address = (struct sockaddr_un){.sun_family = AF_UNIX};
  memcpy(notify.address.sun_path, name, length);
  if (name[0] == '@')
    notify.address.sun_path[0] = '\0';
  notify.length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (name[0] == '/' ? 1 : 0));
  return 0;
}

static int close_locked(void) {
  if (notify.fd < 0)
    return -EBADF;
  close(notify.fd);
  notify.fd = -1;
  return 0;
}

static int open_locked(const char *name) {
  const struct timeval most = {.tv_usec = MOST_USEC};
  (void)close_locked();
  int error = set_address(name);
  if (error != 0)
    return error;
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most) != 0) {
    error = -errno;
    if (fd >= 0)
      close(fd);
    return error;
  }
  notify.fd = fd;
  notify.stopping_is_told = false;
  notify.is_deaf = false;
  return 0;
}

/* By address each time: a service manager that is executed again makes a new socket at the same path. */
static int send_locked(const char *message, size_t length, bool may_wait) {
  bool waits = may_wait && !notify.is_deaf;
  int flags = MSG_NOSIGNAL | (waits ? 0 : MSG_DONTWAIT);
  ssize_t sent;
  if (notify.fd < 0)
    return -EBADF;
  do {
    sent = sendto(notify.fd, message, length, flags, (const struct sockaddr *)&notify.address, notify.length);
  } while (sent < 0 && errno == EINTR);
  int error = sent < 0 ? errno : 0;
  if (error == 0 || waits)
    notify.is_deaf = error == EAGAIN;
  return -error;
}

int heliograph_notify_open(const char *name) {
  pthread_mutex_lock(&notify.lock);
  int result = open_locked(name);
  pthread_mutex_unlock(&notify.lock);
  return result;
}

int heliograph_notify(const char *message, size_t length, int may_wait) {
  pthread_mutex_lock(&notify.lock);
  int result = send_locked(message, length, may_wait != 0);
  pthread_mutex_unlock(&notify.lock);
  return result;
}

int heliograph_notify_close(void) {
  pthread_mutex_lock(&notify.lock);
  int result = close_locked();
  pthread_mutex_unlock(&notify.lock);
  return result;
}

void heliograph_notify_stopping(int64_t left_ns) {
  char extend[64] = "";
  char message[96];
  if (pthread_mutex_trylock(&notify.lock) != 0) /* another thread sends, and may wait for the receiver */
    return;
  if (left_ns >= 0) {
    int64_t most_ns = left_ns > INT64_MAX - MARGIN_NS ? INT64_MAX : left_ns + MARGIN_NS;
    (void)snprintf(extend, sizeof extend, "EXTEND_TIMEOUT_USEC=%" PRId64 "\n", most_ns / 1000);
  }
  int length =
      snprintf(message, sizeof message, "%s%s", notify.stopping_is_told ? "" : "STOPPING=1\n", extend);
  if (length > 0 && send_locked(message, (size_t)length, false) == 0)
    notify.stopping_is_told = true;
  pthread_mutex_unlock(&notify.lock);
}
