/*
 * Opens and closes the last words, and has the one thread that writes them: so no two writes meet, and no
 * older text takes the place of a newer one. It starts beforehand, because a sick process may not get a
 * thread later.
 */
#include "deadline/report.h"

#include "deadline/exit_by_signal.h"
#include "deadline/futex.h"
#include "deadline/report_file.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of opening, closing, and setting the text. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_t thread;
static atomic_bool is_closing;
static _Atomic(int) failure; /* of the last write */
static atomic_bool hangs;    /* a thread that hung in a write when the report was closed has not ended */

/* Two texts: the thread reads the current one while the other is replaced. */
static struct body {
  atomic_bool is_read;
  size_t length;
  char text[HELIOGRAPH_REPORT_BYTES];
} bodies[2];
static _Atomic(int) current;

static struct body *take_current(void) {
  for (;;) {
    int index = atomic_load(&current);
    atomic_store(&bodies[index].is_read, true);
    if (atomic_load(&current) == index)
      return &bodies[index];
    atomic_store(&bodies[index].is_read, false);
  }
}

int heliograph_report_set(const char *text, size_t length) {
  if (length > HELIOGRAPH_REPORT_BYTES)
    return -EINVAL;
  pthread_mutex_lock(&lock);
  int next = 1 - atomic_load(&current);
  while (atomic_load(&bodies[next].is_read)) /* it is being copied: that is short */
    sched_yield();
  memcpy(bodies[next].text, text, length);
  bodies[next].length = length;
  atomic_store(&current, next);
  pthread_mutex_unlock(&lock);
  return 0;
}

static void write_now(void) {
  static char text[HELIOGRAPH_REPORT_BYTES];
  struct body *body = take_current();
  size_t length = heliograph_report_compose(&heliograph_report.process, &heliograph_report.state, body->text,
                                            body->length, text);
  atomic_store(&body->is_read, false);
  atomic_store(&failure, heliograph_report_file_write(text, length));
}

static void *write_when_asked(void *unused) {
  pthread_setname_np(pthread_self(), "heliograph-file");
  while (!atomic_load(&is_closing)) {
    uint32_t asked = atomic_load(&heliograph_report.asked);
    if (asked == atomic_load(&heliograph_report.written)) {
      heliograph_futex_wait(&heliograph_report.asked, asked, -1);
      continue;
    }
    write_now();
    atomic_store(&heliograph_report.written, asked);
    heliograph_futex_wake(&heliograph_report.written);
  }
  atomic_store(&hangs, false);
  return unused;
}

static int start_thread(void) {
  sigset_t all;
  sigset_t before;
  atomic_store(&is_closing, false);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before); /* the new thread inherits the mask */
  int error = pthread_create(&thread, NULL, write_when_asked, NULL);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return -error;
}

static void stop_locked(void) {
  if (atomic_exchange(&heliograph_report.process_id, 0) == 0)
    return;
  bool is_idle = heliograph_report_await(atomic_load(&heliograph_report.asked));
  atomic_store(&hangs, !is_idle);
  atomic_store(&is_closing, true);
  atomic_fetch_add(&heliograph_report.asked, 1);
  heliograph_futex_wake(&heliograph_report.asked);
  if (is_idle) {
    pthread_join(thread, NULL);
    heliograph_report_file_close();
  } else {
    pthread_detach(thread); /* it may hang in a file system for ever */
  }
}

/* The child of a fork has no such thread, and must not look as if its parent lived. */
static void forget(void) {
  atomic_store(&heliograph_report.process_id, 0);
  atomic_store(&bodies[0].is_read, false);
  atomic_store(&bodies[1].is_read, false);
  heliograph_report_file_close();
  pthread_mutex_unlock(&lock);
}

static void before_fork(void) {
  pthread_mutex_lock(&lock);
}

static void after_fork(void) {
  pthread_mutex_unlock(&lock);
}

static void watch_forks(void) {
  pthread_atfork(before_fork, after_fork, forget);
}

static int open_locked(const char *path, bool json, int64_t began_ns) {
  stop_locked();
  if (atomic_load(&hangs))
    return -EBUSY;
  int error = heliograph_exit_by_signal_prepare(); /* it learns the status of an exit */
  int is_held = error != 0 ? error : heliograph_report_file_open(path);
  if (is_held < 0)
    return is_held;
  memset(&heliograph_report.state, 0, sizeof heliograph_report.state);
  heliograph_report.process = (struct report_process){.began_ns = began_ns, .pid = getpid(), .json = json};
  bodies[atomic_load(&current)].length = 0;
  write_now();
  error = atomic_load(&failure);
  atomic_store(&heliograph_report.written, atomic_load(&heliograph_report.asked));
  if (error == 0)
    error = start_thread();
  if (error != 0) {
    heliograph_report_file_close();
    return error;
  }
  atomic_store(&heliograph_report.process_id, getpid());
  return is_held;
}

int heliograph_report_open(const char *path, int json, int64_t began_ns) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  if (path[0] == '\0')
    return -ENOENT;
  pthread_once(&once, watch_forks);
  pthread_mutex_lock(&lock);
  int result = open_locked(path, json != 0, began_ns);
  pthread_mutex_unlock(&lock);
  return result;
}

int heliograph_report_close(void) {
  pthread_mutex_lock(&lock);
  int result = atomic_load(&heliograph_report.process_id) == 0 ? -EBADF : 0;
  heliograph_report_end(REPORT_CLOSED, 0, 0);
  stop_locked();
  pthread_mutex_unlock(&lock);
  return result;
}

int heliograph_report_failure(void) {
  return atomic_load(&failure);
}
