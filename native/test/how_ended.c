/*
 * how_ended REPORT COMMAND [ARGUMENT…]
 *
 * Runs the command as a child, with this program's own input and output, and tells how it ended: REPORT then
 * has one line, "exited N" or "signaled N". The child's pid is in REPORT.pid as soon as there is a child.
 * Both files appear whole. A shell would tell 143 and "ended by SIGTERM" apart no better than Java does;
 * waitpid(2) does.
 *
 * It forwards nothing, and no signal to the process group ends it before it has reported.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static _Noreturn void fail(const char *what) {
  fprintf(stderr, "how_ended: %s: %s\n", what, strerror(errno));
  exit(1);
}

static char *joined(const char *path, const char *suffix) {
  char *name = malloc(strlen(path) + strlen(suffix) + 1);
  if (name == NULL)
    fail("malloc");
  return strcat(strcpy(name, path), suffix);
}

/* Written aside and renamed: who finds the file finds the whole line. */
static void tell(const char *path, const char *word, int number) {
  char *aside = joined(path, ".part");
  FILE *file = fopen(aside, "we");
  if (file == NULL || fprintf(file, "%s%d\n", word, number) < 0 || fclose(file) != 0 ||
      rename(aside, path) != 0)
    fail(path);
  free(aside);
}

/*
 * The child starts with no signal blocked or ignored, whoever started us: nohup ignores HUP, a shell's
 * background INT, and Java 17 blocks QUIT. A test that wants it otherwise says so in its command.
 */
static void start_from_the_defaults(void) {
  sigset_t none;
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    (void)sigaction(signal, &(struct sigaction){.sa_handler = SIG_DFL},
                    NULL); /* not KILL, STOP and libc's own */
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

static pid_t start(char **command) {
  pid_t child = fork();
  if (child < 0)
    fail("fork");
  if (child > 0)
    return child;
  start_from_the_defaults();
  execvp(command[0], command);
  fprintf(stderr, "how_ended: %s: %s\n", command[0], strerror(errno));
  _exit(127);
}

int main(int argc, char **argv) {
  sigset_t all;
  int status;
  if (argc < 3) {
    fputs("usage: how_ended REPORT COMMAND [ARGUMENT...]\n", stderr);
    return 64;
  }
  sigfillset(&all);
  /* Before the fork: a Ctrl-C is the child's alone, from the first moment. */
  sigprocmask(SIG_SETMASK, &all, NULL);
  pid_t child = start(argv + 2);
  char *pid_file = joined(argv[1], ".pid");
  tell(pid_file, "", (int)child);
  free(pid_file);
  while (waitpid(child, &status, 0) < 0)
    if (errno != EINTR)
      fail("waitpid");
  if (WIFSIGNALED(status))
    tell(argv[1], "signaled ", WTERMSIG(status));
  else
    tell(argv[1], "exited ", WEXITSTATUS(status));
  return 0;
}
