#include "bench/self_pipe.h"

#include "bench/bench.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct record {
  int64_t arrived_ns;
  char rest[56];
};

static int ends[2];
static int is_polled;
static void (*on_record)(void);
static atomic_long taken;
static atomic_bool is_closing;
static atomic_bool has_ended;

/* Counted up before each write into the pipe and after it, where the reader polls. From the first it knows to
 * begin its read(), so that the two run at once. */
static atomic_uint write_steps;

/* Called from the handler. */
static void step(void) {
  if (is_polled)
    atomic_fetch_add(&write_steps, 1);
}

static void on_signal(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
  int errno_before = errno;
  struct record record = {.arrived_ns = bench_now_ns()};
  step();
  if (write(ends[1], &record, sizeof record) != (ssize_t)sizeof record)
    _exit(1);
  step();
  errno = errno_before;
}

static void await_step(unsigned seen) {
  while (atomic_load_explicit(&write_steps, memory_order_acquire) == seen)
    bench_relax();
}

static void *take(void *unused) {
  static struct record records[1024];
  (void)unused;
  for (;;) {
    unsigned seen = atomic_load(&write_steps);
    ssize_t bytes = read(ends[0], records, sizeof records);
    if (bytes < 0 && errno == EAGAIN && atomic_load(&is_closing))
      break;
    if (bytes < 0 && errno == EAGAIN)
      await_step(seen);
    if (bytes < 0 && (errno == EAGAIN || errno == EINTR))
      continue;
    if (bytes <= 0 || bytes % (ssize_t)sizeof *records != 0)
      bench_fail("read(pipe)");
    for (size_t i = 0; i < (size_t)bytes / sizeof *records; i++) {
      if (on_record != NULL)
        on_record();
      atomic_fetch_add(&taken, 1);
    }
  }
  atomic_store(&has_ended, true);
  return NULL;
}

void self_pipe_open(int signal, int spinning) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigfillset(&action.sa_mask);
  is_polled = spinning;
  if (pipe2(ends, O_CLOEXEC) != 0 || fcntl(ends[1], F_SETFL, O_NONBLOCK) != 0 ||
      (spinning && fcntl(ends[0], F_SETFL, O_NONBLOCK) != 0) || sigaction(signal, &action, NULL) != 0)
    bench_fail("self-pipe");
  self_pipe_thread(take);
}

void self_pipe_close(void) {
  atomic_store(&is_closing, true);
  step();
  while (!atomic_load(&has_ended))
    bench_relax();
}

void self_pipe_raise(int signal) {
  if (syscall(SYS_tgkill, getpid(), syscall(SYS_gettid), signal) != 0)
    bench_fail("tgkill");
}

long self_pipe_taken(void) {
  return atomic_load(&taken);
}

void self_pipe_await(long wanted) {
  int64_t since_ns = 0;
  for (unsigned turn = 1; atomic_load(&taken) != wanted; turn++) {
    bench_relax();
    if (turn % (1U << 20) != 0)
      continue;
    if (since_ns == 0)
      since_ns = bench_now_ns();
    bench_give_up(since_ns, "the reader of the pipe");
  }
}

void self_pipe_thread(void *(*body)(void *)) {
  pthread_t thread;
  errno = pthread_create(&thread, NULL, body, NULL);
  if (errno != 0)
    bench_fail("pthread_create");
  pthread_detach(thread);
}

void self_pipe_mask(int how, int signal) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, signal);
  errno = pthread_sigmask(how, &set, NULL);
  if (errno != 0)
    bench_fail("pthread_sigmask");
}

void self_pipe_on_record(void (*worker)(void)) {
  on_record = worker;
}
