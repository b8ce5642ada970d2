/*
 * How long a program takes to its first line, and to its end: starts the command, and when the first byte
 * comes on its standard output, takes how much time has gone by. The end of its standard input then tells the
 * program to end; its status must be 0.
 *
 *   start_up COMMAND [ARGUMENT…]
 *
 * prints what the program says, and then "wall_ns N exit_ns N".
 */
#include "bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { INPUT, OUTPUT, PIPES };

/* Its standard input and output are pipes to us, close-on-exec, so that nobody but we can hold their other
 * ends. */
static pid_t start(char **command, int pipes[PIPES][2]) {
  pid_t child;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipes[INPUT][0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes[OUTPUT][1], STDOUT_FILENO);
  errno = posix_spawnp(&child, command[0], &actions, NULL, command, environ);
  posix_spawn_file_actions_destroy(&actions);
  return errno == 0 ? child : -1;
}

int main(int argc, char **argv) {
  int pipes[PIPES][2];
  char rest[4096];
  int status;
  if (argc < 2) {
    fprintf(stderr, "usage: start_up COMMAND [ARGUMENT...]\n");
    return 64;
  }
  if (pipe2(pipes[INPUT], O_CLOEXEC) != 0 || pipe2(pipes[OUTPUT], O_CLOEXEC) != 0)
    bench_fail("pipe");
  int64_t before = bench_now_ns();
  pid_t child = start(argv + 1, pipes);
  if (child < 0)
    bench_fail(argv[1]);
  close(pipes[INPUT][0]);
  close(pipes[OUTPUT][1]);
  ssize_t bytes = read(pipes[OUTPUT][0], rest, 1);
  int64_t wall = bench_now_ns() - before;
  int64_t told = bench_now_ns();
  close(pipes[INPUT][1]);
  for (ssize_t more = bytes; more > 0; more = read(pipes[OUTPUT][0], rest, sizeof rest))
    fwrite(rest, 1, (size_t)more, stdout);
  if (waitpid(child, &status, 0) != child)
    bench_fail("waitpid");
  int64_t exit = bench_now_ns() - told;
  if (bytes != 1 || status != 0)
    bench_wrong("%s: %s a first line, and the end with wait status %d", argv[1],
                bytes == 1 ? "there was" : "not", status);
  printf("wall_ns %lld exit_ns %lld\n", (long long)wall, (long long)exit);
  return 0;
}
