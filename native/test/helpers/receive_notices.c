/*
 * receive_notices NAME
 *
 * Stands in for a service manager: receives the messages of sd_notify(3) at the socket NAME, a path or '@'
 * and an abstract name. Prints "listening", and then each message in one line: the sender's pid, and its
 * lines joined by " | ". Ends when it is killed.
 */
#include "test/helpers/notices.h"

#include <stdio.h>

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
  pid_t from;
  return notices_next(fd, text, sizeof text, &from) < 0 || say(from, text);
}

int main(int argc, char **argv) {
  int fd = argc == 2 ? notices_listen_at(argv[1], 0) : -1;
  if (fd < 0) {
    perror("receive_notices");
    return 64;
  }
  int failed = puts("listening") < 0 || fflush(stdout) != 0;
  while (!failed)
    failed = receive(fd);
  return failed;
}
