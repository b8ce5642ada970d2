/*
 * tree_member DEPTH WIDTH [KIND]
 *
 * A tree of processes: each has WIDTH children, down to DEPTH below the first. Each prints "here PID" when
 * its signals are its own, and "got SIGNAL by SENDER" for each that it is sent. TERM ends it. KIND is
 *
 *   stubborn  TERM does not end it either
 *   orderly   INT ends it, too, and TSTP stops it
 *   apart     the lowest ones have a session, and so a process group, of their own
 *   daemons   so have they here, and their parents are not their parents any more
 *   owner     they belong to the owner of this file, where it is setuid
 *   late      TERM is its death, but first, when it has come, it forks a child that TERM ends, too
 *   runaway   a process that is another one at each moment: it forks, and ends
 */
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static const char *kind;

static bool is(const char *asked) {
  return strcmp(kind, asked) == 0;
}

/* One write, so that the lines of many stay whole. */
static void say(const char *format, int first, int second) {
  char line[64];
  int length = snprintf(line, sizeof line, format, first, second);
  if (write(STDOUT_FILENO, line, (size_t)length) != length)
    exit(1);
}

static pid_t fork_surely(void) {
  pid_t child = fork();
  if (child < 0)
    exit(1);
  return child;
}

/* The one in between ends at once, and has no child that could wait for it. */
static void become_a_daemon(void) {
  if (is("daemons") && fork_surely() != 0)
    _exit(0);
  setsid();
}

static void run_away(void) {
  say("here %d\n", (int)getpid(), 0);
  for (;;)
    if (fork_surely() != 0)
      _exit(0);
}

/* As shells do, which block signals while they fork. */
static void fork_late(void) {
  sigset_t term;
  sigset_t none;
  sigemptyset(&none);
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  say("here %d\n", (int)getpid(), 0);
  (void)poll(&(struct pollfd){.fd = signalfd(-1, &term, 0), .events = POLLIN}, 1, -1);
  pid_t child = fork_surely();
  if (child > 0)
    say("here %d\n", (int)child, 0);
  sigprocmask(SIG_SETMASK, &none, NULL);
  for (;;)
    pause();
}

static void live(void) {
  sigset_t mine;
  sigfillset(&mine);
  sigdelset(&mine, SIGCHLD);
  if (is("orderly"))
    sigdelset(&mine, SIGTSTP);
  say("here %d\n", (int)getpid(), 0);
  for (;;) {
    siginfo_t info;
    int signal = sigwaitinfo(&mine, &info);
    if (signal > 0)
      say("got %d by %d\n", signal, info.si_code > 0 ? 0 : (int)info.si_pid);
    /* Not exit(): there the leak sanitizer stops us by a SIGSTOP, which the CONT behind the TERM discards
     * (signal(7)), and waits for ever. */
    if ((signal == SIGTERM && !is("stubborn")) || (signal == SIGINT && is("orderly")))
      _exit(0);
  }
}

int main(int argc, char **argv) {
  sigset_t all;
  if (argc < 3)
    return 64;
  int depth = atoi(argv[1]);
  int width = atoi(argv[2]);
  kind = argc > 3 ? argv[3] : "";
  sigfillset(&all);
  if (is("orderly"))
    sigdelset(&all, SIGTSTP);
  sigprocmask(SIG_SETMASK, &all, NULL);
  signal(SIGCHLD, SIG_IGN); /* its children leave no zombies */
  for (int child = 0; depth > 0 && child < width; child++)
    if (fork_surely() == 0) {
      depth--;
      child = -1;
      if (depth == 0 && (is("apart") || is("daemons")))
        become_a_daemon();
    }
  if (is("owner") && setresuid(geteuid(), geteuid(), geteuid()) != 0)
    return 1;
  if (is("runaway"))
    run_away();
  if (is("late"))
    fork_late();
  live();
}
