/* deny_calls ERRNO CALL... -- COMMAND [ARGUMENT...]: runs the command where these system calls fail with the
 * error. */
#include "test/helpers/denied_calls.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int at = 2;
  for (; at < argc && strcmp(argv[at], "--") != 0; at++)
    if (!deny_call(argv[at], (int)strtol(argv[1], NULL, 10))) {
      perror(argv[at]);
      return 2;
    }
  if (at + 1 >= argc) {
    (void)fprintf(stderr, "usage: deny_calls ERRNO CALL... -- COMMAND [ARGUMENT...]\n");
    return 2;
  }
  execvp(argv[at + 1], argv + at + 1);
  perror(argv[at + 1]);
  return 2;
}
