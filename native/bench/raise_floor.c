/*
 * The floor: raise to worker by the same hops as Heliograph, with nothing else. The handler stamps the time
 * and writes 64 bytes to a pipe; a thread blocked in read() takes them and stamps the time of its own; the
 * raising thread spins until that is seen. Prints the median in nanoseconds.
 *
 *   raise_floor WARM_UP MEASURED
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct record {
  int64_t arrived_ns;
  char rest[56];
};

static int ends[2];
static _Atomic(int64_t) handled_ns;
static atomic_long handled;

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void on_signal(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
  struct record record = {.arrived_ns = now_ns()};
  if (write(ends[1], &record, sizeof record) != (ssize_t)sizeof record)
    _exit(1);
}

static void *dispatch(void *unused) {
  static struct record records[1024];
  (void)unused;
  for (;;) {
    ssize_t bytes = read(ends[0], records, sizeof records);
    if (bytes <= 0)
      exit(1);
    for (size_t i = 0; i < (size_t)bytes / sizeof *records; i++) {
      atomic_store(&handled_ns, now_ns());
      atomic_fetch_add(&handled, 1);
    }
  }
}

static int64_t raise_once(long number) {
  int64_t before = now_ns();
  syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), SIGUSR1);
  while (atomic_load(&handled) != number)
    ;
  return atomic_load(&handled_ns) - before;
}

static int compare(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one;
  int64_t b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

int main(int argc, char **argv) {
  long warm_up = argc == 3 ? atol(argv[1]) : 0;
  long measured = argc == 3 ? atol(argv[2]) : 0;
  if (warm_up < 1 || measured < 1) {
    fprintf(stderr, "usage: raise_floor WARM_UP MEASURED\n");
    return 64;
  }
  int64_t *nanos = calloc((size_t)measured, sizeof *nanos);
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
  pthread_t dispatcher;
  sigfillset(&action.sa_mask);
  if (nanos == NULL || pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0 ||
      sigaction(SIGUSR1, &action, NULL) != 0 || pthread_create(&dispatcher, NULL, dispatch, NULL) != 0) {
    perror("raise_floor");
    return 1;
  }
  for (long i = 0; i < warm_up + measured; i++) {
    int64_t taken = raise_once(i + 1);
    if (i >= warm_up)
      nanos[i - warm_up] = taken;
  }
  qsort(nanos, (size_t)measured, sizeof *nanos, compare);
  printf("%lld\n", (long long)nanos[measured / 2]);
  return 0;
}
