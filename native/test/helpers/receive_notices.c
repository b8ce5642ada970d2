/*
 * receive_notices NAME
 *
 * Stands in for a service manager: receives the messages of sd_notify(3) at the socket NAME, a path or '@'
 * and an abstract name. Prints "listening", and then each message in one line: the sender's pid, and its
 * lines joined by " | ". Ends when it is killed.
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

static int listen_at(const char *name) {
  struct sockaddr_un address = {.sun_family = AF_UNIX};
  const int on = 1;
  int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || strlen(name) >= sizeof address.sun_path)
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

static int say(pid_t from, const char *text) {
  printf("%d: ", (int)from);
  for (; *text != '\0'; text++)
    if (*text != '\n')
      putchar(*text);
    else if (text[1] != '\0')
      printf(" | ");
  return puts("") < 0 || fflush(stdout) != 0;
}

static int receive(int fd) {
  char text[4096];
  union {
    char bytes[CMSG_SPACE(sizeof(struct ucred))];
    struct cmsghdr alignment;
  } control;
  struct ucred sender = {0};
  struct iovec part = {.iov_base = text, .iov_len = sizeof text - 1};
  struct msghdr message = {.msg_iov = &part,
                           .msg_iovlen = 1,
                           .msg_control = control.bytes,
                           .msg_controllen = sizeof control.bytes};
  ssize_t length = recvmsg(fd, &message, 0);
  if (length < 0)
    return 1;
  text[length] = '\0';
  if (CMSG_FIRSTHDR(&message) != NULL)
    memcpy(&sender, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof sender);
  return say(sender.pid, text);
}

int main(int argc, char **argv) {
  int fd = argc == 2 ? listen_at(argv[1]) : -1;
  if (fd < 0) {
    perror("receive_notices");
    return 64;
  }
  int failed = puts("listening") < 0 || fflush(stdout) != 0;
  while (!failed)
    failed = receive(fd);
  return failed;
}
