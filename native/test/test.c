#include "test/test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static struct test_case *cases;

void test_add(struct test_case *entry) {
  entry->next = cases;
  cases = entry;
}

/* Not exit(): the failure may be in a thread, in a handler or in a child. */
void test_fail(const char *file, int line, const char *what) {
  fprintf(stderr, "%s:%d: not so: %s\n", file, line, what);
  fflush(stderr);
  _exit(1);
}

void test_equal(const char *file, int line, const char *what, long long actual, long long expected) {
  if (actual == expected)
    return;
  fprintf(stderr, "%s:%d: %lld, expected %lld\n", file, line, actual, expected);
  test_fail(file, line, what);
}

void test_equal_text(const char *file, int line, const char *what, const char *actual, const char *expected) {
  if (actual != NULL && strcmp(actual, expected) == 0)
    return;
  fprintf(stderr, "%s:%d: '%s', expected '%s'\n", file, line, actual == NULL ? "(null)" : actual, expected);
  test_fail(file, line, what);
}

long long test_not_negative(const char *file, int line, const char *what, long long result) {
  if (result >= 0)
    return result;
  fprintf(stderr, "%s:%d: %s\n", file, line, strerror((int)-result));
  test_fail(file, line, what);
}

/* The sanitizers have handlers of their own for these. */
static int is_a_fault(int signal) {
  return signal == SIGSEGV || signal == SIGBUS || signal == SIGFPE || signal == SIGILL || signal == SIGABRT;
}

/*
 * The kernel counts queued signals by user, over all processes. Where others of this user fill the queue,
 * even a standard signal loses its siginfo; the limit is the receiver's, so root can stand above that.
 */
static void have_room_in_the_queue(void) {
  const struct rlimit unlimited = {RLIM_INFINITY, RLIM_INFINITY};
  struct rlimit limit;
  if (setrlimit(RLIMIT_SIGPENDING, &unlimited) == 0)
    return;
  getrlimit(RLIMIT_SIGPENDING, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_SIGPENDING, &limit);
}

/* Who starts the test may have ignored or blocked signals (nohup, a shell's background): children inherit
 * that. */
static void start_from_the_defaults(void) {
  struct rlimit core;
  sigset_t empty;
  for (int number = 1; number <= SIGRTMAX; number++)
    if (number != SIGKILL && number != SIGSTOP && !is_a_fault(number) && (number < 32 || number >= SIGRTMIN))
      signal(number, SIG_DFL);
  sigemptyset(&empty);
  sigprocmask(SIG_SETMASK, &empty, NULL);
  getrlimit(RLIMIT_CORE, &core);
  core.rlim_cur = 0; /* some cases let SIGQUIT do its worst */
  setrlimit(RLIMIT_CORE, &core);
  have_room_in_the_queue();
}

int main(int argc, char **argv) {
  for (struct test_case *entry = cases; entry != NULL; entry = entry->next) {
    if (argc == 1) {
      puts(entry->name);
    } else if (strcmp(entry->name, argv[1]) == 0) {
      start_from_the_defaults();
      entry->run();
      return 0;
    }
  }
  if (argc == 1)
    return 0;
  fprintf(stderr, "%s: there is no case '%s'\n", argv[0], argv[1]);
  return 64;
}
