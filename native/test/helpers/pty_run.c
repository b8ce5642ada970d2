/*
 * pty_run REPORT COMMAND [ARGUMENT…]
 *
 * Runs the command in the foreground of a new terminal, as a shell does: this program is the session's
 * leader, the command a process group of its own. What comes on this program's input is typed at the
 * terminal, so the byte 0x03 is a real Ctrl-C, which the kernel makes an INT for the whole group; what the
 * terminal shows goes to this program's output. The command's standard error is this program's, so that a
 * test can tell the two apart.
 *
 * REPORT.pid has the command's pid as soon as there is one. At the command's end REPORT has one line, "exited
 * N" or "signaled N", and before it REPORT.left is there: a line for each descendant of the command that
 * outlives it, and is still there SETTLE_MS later, with its pid, state and command, daemons too; it is then
 * killed. Empty is as it should be.
 *
 * The terminal does not echo, writes \n as it is, and a signal flushes nothing, so that no line is lost or
 * changed.
 */
#include "test/helpers/descendants.h"
#include "test/helpers/ending.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

/* The longest that a descendant may take to end of itself once the command has ended. */
enum { SETTLE_MS = 5000 };

static int open_terminal(void) {
  int keyboard = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (keyboard < 0 || grantpt(keyboard) != 0 || unlockpt(keyboard) != 0)
    fail("posix_openpt");
  return keyboard;
}

/* Becomes the leader of a session that has the terminal. */
static int take_terminal(int keyboard) {
  struct termios modes;
  int screen = open(ptsname(keyboard), O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (screen < 0)
    fail("ptsname");
  if (setsid() < 0 || ioctl(screen, TIOCSCTTY, 0) != 0)
    fail("TIOCSCTTY");
  if (tcgetattr(screen, &modes) != 0)
    fail("tcgetattr");
  modes.c_lflag &= ~(tcflag_t)(ECHO | ECHONL);
  modes.c_lflag |= ICANON | ISIG | NOFLSH;
  modes.c_oflag &= ~(tcflag_t)OPOST;
  if (tcsetattr(screen, TCSANOW, &modes) != 0)
    fail("tcsetattr");
  return screen;
}

/*
 * In the foreground before the exec. TTOU is blocked here: it would stop a process that is still in the
 * background.
 */
static pid_t start(int screen, char **command) {
  pid_t child = fork();
  if (child < 0)
    fail("fork");
  if (child > 0)
    return child;
  if (setpgid(0, 0) != 0 || tcsetpgrp(screen, getpid()) != 0 || dup2(screen, STDIN_FILENO) < 0 ||
      dup2(screen, STDOUT_FILENO) < 0)
    fail("tcsetpgrp");
  start_from_the_defaults();
  become(command);
}

/* Copies what is there; false at the end. */
static bool copy(int from, int to) {
  char bytes[4096];
  ssize_t count = read(from, bytes, sizeof bytes);
  if (count < 0 && (errno == EINTR || errno == EAGAIN))
    return true;
  for (ssize_t done = 0; done < count;) {
    ssize_t wrote = write(to, bytes + done, (size_t)(count - done));
    if (wrote < 0)
      return false;
    done += wrote;
  }
  return count > 0;
}

enum family { SAME, COMMAND_ENDED, NONE_LEFT };

/*
 * Reaps what has ended, also those whose parents have: they are children of ours now. So while any descendant
 * is there, a child is.
 */
static enum family reap(pid_t command, int *status) {
  enum family family = SAME;
  int each;
  pid_t child;
  while ((child = waitpid(-1, &each, WNOHANG)) > 0)
    if (child == command) {
      *status = each;
      family = COMMAND_ENDED;
    }
  return family == SAME && child < 0 ? NONE_LEFT : family;
}

/* Types and shows until the command has ended. */
static int attend(int keyboard, int deaths, pid_t command) {
  struct signalfd_siginfo death;
  struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                         {.fd = keyboard, .events = POLLIN},
                         {.fd = deaths, .events = POLLIN}};
  int status = 0;
  for (;;) {
    if (poll(fds, 3, -1) < 0 && errno != EINTR)
      fail("poll");
    if (fds[0].revents != 0 && !copy(STDIN_FILENO, keyboard))
      fds[0].fd = -1;
    if (fds[1].revents != 0)
      (void)copy(keyboard, STDOUT_FILENO);
    if (fds[2].revents != 0 && read(deaths, &death, sizeof death) > 0 &&
        reap(command, &status) == COMMAND_ENDED)
      return status;
  }
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until none is left, or for SETTLE_MS; meanwhile their output is shown. True when none is left. */
static bool outlive(int keyboard, int deaths) {
  struct signalfd_siginfo death;
  struct pollfd fds[] = {{.fd = deaths, .events = POLLIN}, {.fd = keyboard, .events = POLLIN}};
  int64_t deadline = now_ms() + SETTLE_MS;
  int none;
  while (reap(0, &none) != NONE_LEFT) {
    int64_t left = deadline - now_ms();
    if (left <= 0)
      return false;
    if (poll(fds, 2, (int)left) > 0 && fds[1].revents != 0 && !copy(keyboard, STDOUT_FILENO))
      fds[1].fd = -1;
    if (fds[0].revents != 0)
      (void)!read(deaths, &death, sizeof death);
  }
  return true;
}

/* Shows what is left on the way: poll(2) waits for what has been written to the terminal (n_tty_poll). */
static void drain(int keyboard) {
  struct pollfd fd = {.fd = keyboard, .events = POLLIN};
  while (poll(&fd, 1, 0) > 0 && (fd.revents & POLLIN) != 0 && copy(keyboard, STDOUT_FILENO)) {
  }
}

/* For each descendant a line, "pid state command"; and its end, so that no test leaves anything behind. */
static void tell_survivors(const char *report) {
  char *text = NULL;
  size_t size = 0;
  FILE *lines = open_memstream(&text, &size);
  if (lines == NULL)
    fail("open_memstream");
  end_descendants(lines);
  fclose(lines);
  while (waitpid(-1, NULL, 0) > 0) {
  }
  tell(report, ".left", "%s", text);
  free(text);
}

int main(int argc, char **argv) {
  sigset_t all;
  if (argc < 3) {
    fputs("usage: pty_run REPORT COMMAND [ARGUMENT...]\n", stderr);
    return 64;
  }
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, NULL);
  sigset_t of_children;
  sigemptyset(&of_children);
  sigaddset(&of_children, SIGCHLD);
  int deaths = signalfd(-1, &of_children, SFD_CLOEXEC | SFD_NONBLOCK);
  if (deaths < 0 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
    fail("signalfd");
  int keyboard = open_terminal();
  int screen = take_terminal(keyboard);
  pid_t command = start(screen, argv + 2);
  tell(argv[1], ".pid", "%d\n", (int)command);
  int status = attend(keyboard, deaths, command);
  bool alone = outlive(keyboard, deaths);
  drain(keyboard);
  if (alone)
    tell(argv[1], ".left", "%s", "");
  else
    tell_survivors(argv[1]);
  tell_ending(argv[1], status);
  return 0;
}
