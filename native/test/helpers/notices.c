#include "test/helpers/notices.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

int notices_listen_at(const char *name, int flags) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const int on = 1;
  if (strlen(name) >= sizeof address.sun_path) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | flags, 0);
  if (fd < 0)
    return -1;
  memcpy(address.sun_path, name, strlen(name));
  if (name[0] == '@')
    address.sun_path[0] = '\0';
  socklen_t length = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
  if (setsockopt(fd, SOL_SOCKET, SO_PASSCRED, &on, sizeof on) != 0 ||
      bind(fd, (struct sockaddr *)&address, length) != 0)
    return -1;
  return fd;
}

ssize_t notices_next(int fd, char *text, size_t room, pid_t *from) {
  union {
    char bytes[CMSG_SPACE(sizeof(struct ucred))];
    struct cmsghdr alignment;
  } control;
  struct ucred sender = {0};
  struct iovec part = {.iov_base = text, .iov_len = room - 1};
  struct msghdr message = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  ssize_t length = recvmsg(fd, &message, 0);
  text[length < 0 ? 0 : length] = '\0';
  if (length >= 0 && CMSG_FIRSTHDR(&message) != NULL)
    memcpy(&sender, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof sender);
  *from = sender.pid;
  return length;
}
