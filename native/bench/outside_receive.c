/*
 * What a signal from outside costs in plain C, by as many hops as a JVM needs. Says "ready PID" when it can
 * be signalled; at the end of standard input it says "handled N" and ends.
 *
 *   outside_receive FILE USR1|USR2 sigwaitinfo|one-hop|two-hops|two-hops-spinning
 *
 * sigwaitinfo: it is blocked everywhere, and one thread waits in sigwaitinfo(2).
 *
 * one-hop: it is blocked everywhere but in the thread that reads the pipe, whose own read is interrupted.
 *
 * two-hops: it is not blocked in the main thread, whose handler writes to the pipe; then the reader wakes up.
 *
 * two-hops-spinning: the same, with a reader that polls the pipe.
 *
 * The handler stamps the time and writes 64 bytes, as Heliograph's does.
 */
#include "bench.h"
#include "outside.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char usage[] = "outside_receive FILE USR1|USR2 sigwaitinfo|one-hop|two-hops|two-hops-spinning";

struct record {
  int64_t arrived_ns;
  char rest[56];
};

static struct outside outside;
static sigset_t the_signal;
static int ends[2];

/* Called from the handler: it is one. */
static void on_signal(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
  int before = errno;
  struct record record = {.arrived_ns = bench_now_ns()};
  if (write(ends[1], &record, sizeof record) != (ssize_t)sizeof record)
    _exit(1);
  errno = before;
}

static void *wait_for_signals(void *unused) {
  siginfo_t info;
  (void)unused;
  for (;;) {
    if (sigwaitinfo(&the_signal, &info) > 0)
      outside_note(&outside, bench_now_ns());
  }
  return NULL;
}

/* Its argument says whether it is the one thread that takes the signal. */
static void *read_pipe(void *takes_signal) {
  static struct record records[1024];
  if (takes_signal != NULL)
    pthread_sigmask(SIG_UNBLOCK, &the_signal, NULL);
  for (;;) {
    ssize_t bytes = read(ends[0], records, sizeof records);
    if (bytes <= 0 && errno != EAGAIN && errno != EINTR)
      bench_fail("read");
    for (ssize_t i = 0; i < bytes / (ssize_t)sizeof *records; i++)
      outside_note(&outside, bench_now_ns());
  }
  return NULL;
}

static void open_pipe(int signal, int flags_of_read_end) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigfillset(&action.sa_mask);
  if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0 ||
      fcntl(ends[0], F_SETFL, flags_of_read_end) != 0 || sigaction(signal, &action, NULL) != 0)
    bench_fail("the pipe and its handler");
}

/* Blocked in the caller and so in the thread that is made; the caller may then unblock it for itself. */
static void start(const char *way, int signal) {
  int is_wait = strcmp(way, "sigwaitinfo") == 0;
  int is_one_hop = strcmp(way, "one-hop") == 0;
  int is_spinning = strcmp(way, "two-hops-spinning") == 0;
  if (!is_wait && !is_one_hop && !is_spinning && strcmp(way, "two-hops") != 0) {
    fprintf(stderr, "usage: %s\n", usage);
    exit(64);
  }
  pthread_t thread;
  sigemptyset(&the_signal);
  sigaddset(&the_signal, signal);
  pthread_sigmask(SIG_BLOCK, &the_signal, NULL);
  if (!is_wait)
    open_pipe(signal, is_spinning ? O_NONBLOCK : 0);
  errno =
      pthread_create(&thread, NULL, is_wait ? wait_for_signals : read_pipe, is_one_hop ? &the_signal : NULL);
  if (errno != 0)
    bench_fail("pthread_create");
  if (!is_wait && !is_one_hop)
    pthread_sigmask(SIG_UNBLOCK, &the_signal, NULL);
}

int main(int argc, char **argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: %s\n", usage);
    return 64;
  }
  outside = outside_map(argv[1]);
  start(argv[3], outside_signal(argv[2], usage));
  printf("ready %ld\n", (long)getpid());
  fflush(stdout);
  char byte;
  ssize_t bytes;
  do
    bytes = read(STDIN_FILENO, &byte, 1);
  while (bytes > 0 || (bytes < 0 && errno == EINTR));
  printf("handled %lld\n", (long long)atomic_load(outside.handled));
  return 0;
}
