/*
 * say_signal UP GOT
 *
 * Prints the line UP when its signals are its own, and GOT when the first has come, to end with status 0.
 * What comes in between is pending: nothing is missed, as a shell's trap may.
 */
#include <signal.h>
#include <stdio.h>

static int say(const char *line) {
  return puts(line) < 0 || fflush(stdout) != 0;
}

int main(int argc, char **argv) {
  sigset_t mine;
  int signal = 0;
  if (argc < 3)
    return 64;
  sigfillset(&mine);
  sigdelset(&mine, SIGCHLD);
  sigprocmask(SIG_SETMASK, &mine, NULL);
  return say(argv[1]) || sigwait(&mine, &signal) != 0 || say(argv[2]);
}
