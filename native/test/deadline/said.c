#include "test/deadline/said.h"

#include "test/support.h"
#include "test/test.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

char said[8192];
static int to_parent[2];

/* Only the child holds the pipe open, so that its end is the end of what it says. */
int run(void (*body)(void)) {
  CHECK_EQ(pipe2(to_parent, O_CLOEXEC), 0);
  pid_t child = start_child(body);
  close(to_parent[1]);
  size_t length = 0;
  for (ssize_t got = 1; got > 0 && length < sizeof said - 1; length += (size_t)got)
    CHECK_OK(got = read(to_parent[0], said + length, sizeof said - 1 - length));
  said[length] = '\0';
  close(to_parent[0]);
  return status_of(child);
}

void say_to_parent(void) {
  CHECK_OK(dup2(to_parent[1], STDERR_FILENO));
}

void check_exited(int status, int code) {
  CHECK(WIFEXITED(status));
  CHECK_EQ(WEXITSTATUS(status), code);
}
