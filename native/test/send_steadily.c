/*
 * send_steadily PID FILE COUNT WINDOW PAUSE kill|queue NUMBER
 *
 * Sends the signal COUNT times, with at most WINDOW of them not yet acknowledged. The receiver acknowledges
 * in FILE, which both have mapped: two numbers of 64 bits, how many it has handled since it started, and at
 * what time of CLOCK_MONOTONIC (Java: System.nanoTime()) the last. In between it is looked for after PAUSE
 * microseconds of sleep, 0: without any. Prints "sent COUNT median NS", the median from sending to handling,
 * which means something where WINDOW is 1.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

/* Not a time that anything is expected to take. */
#define MOST_NS INT64_C(60000000000)

struct acknowledged {
  _Atomic(int64_t) handled;
  _Atomic(int64_t) at_ns;
};

static _Noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "send_steadily: %s: %s\n", what, why);
  exit(1);
}

static long number(const char *text) {
  char *end;
  long value = strtol(text, &end, 10);
  if (end == text || *end != '\0' || value < 0)
    fail(text, "no number");
  return value;
}

static int64_t now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static struct acknowledged *map(const char *file) {
  int fd = open(file, O_RDWR | O_CLOEXEC);
  if (fd < 0)
    fail(file, strerror(errno));
  void *memory = mmap(NULL, sizeof(struct acknowledged), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED)
    fail(file, strerror(errno));
  close(fd);
  return memory;
}

static void await_handled(struct acknowledged *acknowledged, int64_t handled, useconds_t pause) {
  int64_t begin = now_ns();
  while (atomic_load(&acknowledged->handled) < handled) {
    if (now_ns() - begin > MOST_NS)
      fail("not handled", "a signal is missing");
    if (pause == 0)
      sched_yield();
    else
      usleep(pause);
  }
}

static void send(pid_t pid, int signal, int queued, long value) {
  while ((queued ? sigqueue(pid, signal, (union sigval){.sival_int = (int)value}) : kill(pid, signal)) != 0) {
    if (errno != EAGAIN)
      fail("kill", strerror(errno));
    sched_yield();
  }
}

static int compare(const void *one, const void *other) {
  int64_t a = *(const int64_t *)one;
  int64_t b = *(const int64_t *)other;
  return (a > b) - (a < b);
}

int main(int argc, char **argv) {
  if (argc != 8 || (strcmp(argv[6], "kill") != 0 && strcmp(argv[6], "queue") != 0))
    fail("usage", "send_steadily PID FILE COUNT WINDOW PAUSE kill|queue NUMBER");
  pid_t pid = (pid_t)number(argv[1]);
  struct acknowledged *acknowledged = map(argv[2]);
  long count = number(argv[3]);
  long window = number(argv[4]);
  useconds_t pause = (useconds_t)number(argv[5]);
  int queued = strcmp(argv[6], "queue") == 0;
  int signal = (int)number(argv[7]);
  int64_t *took = calloc((size_t)count + 1, sizeof *took);
  if (took == NULL)
    fail("calloc", "no memory");
  int64_t before = atomic_load(&acknowledged->handled);
  for (long i = 0; i < count; i++) {
    await_handled(acknowledged, before + i - window + 1, pause);
    int64_t sent = now_ns();
    send(pid, signal, queued, i);
    if (window == 1) {
      await_handled(acknowledged, before + i + 1, pause);
      took[i] = atomic_load(&acknowledged->at_ns) - sent;
    }
  }
  await_handled(acknowledged, before + count, pause);
  qsort(took, (size_t)count, sizeof *took, compare);
  printf("sent %ld median %lld\n", count, (long long)took[count / 2]);
  free(took);
  return 0;
}
