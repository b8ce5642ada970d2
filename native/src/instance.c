#include "instance.h"

#include "disposition.h"
#include "handler.h"
#include "libc_sigaction.h"
#include "pipe.h"
#include "proc_file.h"
#include "sender.h"
#include "shutdown.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <unistd.h>

struct instance heliograph_instance = {.lock = PTHREAD_MUTEX_INITIALIZER, .read_fd = -1, .write_fd = -1};

_Thread_local struct thread_of_handler heliograph_this_thread;

/* Under instance.lock, which is held from prepare to parent or child. */
static sigset_t mask_before_fork;

const char *heliograph_version(void) {
  return HELIOGRAPH_VERSION;
}

void heliograph_await_writers(struct slot *slot) {
  for (int turns = 0; atomic_load(&slot->writers) != 0; turns++)
    if (turns < 1000)
      sched_yield();
    else
      poll(NULL, 0, 1); /* a handler that waits for its sender's memory may take long */
}

/* No handler may run in the child before its dispositions are put back: it would write into the parent's
 * pipe. */
static void before_fork(void) {
  sigset_t all;
  pthread_mutex_lock(&heliograph_instance.lock);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask_before_fork);
}

static void after_fork(void) {
  sigset_t mask = mask_before_fork;
  pthread_mutex_unlock(&heliograph_instance.lock);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

/* The child has the parent's handlers, and a pipe whose other end is the parent's: it starts without either.
 */
static void after_fork_in_child(void) {
  for (int signal = 0; signal <= MAX_SIGNAL; signal++)
    atomic_store(&heliograph_instance.slots[signal].writers, 0); /* of threads that the child does not have */
  if (heliograph_instance.open) {
    atomic_store(&heliograph_instance.slots[0].mode, MODE_PASS);
    heliograph_restore_all();
    heliograph_pipe_close();
    heliograph_instance.open = false;
  }
  heliograph_senders_forget();
  heliograph_proc_forget();
  heliograph_shutdown_forget();
  after_fork();
}

static void set_up_once(void) {
  heliograph_libc_sigaction_init();
  pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

static void reset_counts(void) {
  heliograph_instance.lost_reported = 0;
  heliograph_instance.next_sequence = 1;
  heliograph_instance.report.is_due = false;
  heliograph_instance.mark.behind = 0;
  heliograph_instance.mark.untold = false;
  atomic_store(&heliograph_instance.lost, 0);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    struct slot *slot = &heliograph_instance.slots[signal];
    atomic_store(&slot->arrived, 0);
    atomic_store(&slot->lost, 0);
    atomic_store(&slot->dispatched, 0);
    slot->lost_reported = 0;
  }
}

static int open_locked(size_t pipe_bytes) {
  if (heliograph_instance.open)
    return -EALREADY;
  int error = heliograph_pipe_open(pipe_bytes);
  if (error != 0)
    return error;
  reset_counts();
  heliograph_instance.first_queued = SIGRTMIN;
  heliograph_instance.open = true;
  atomic_store(&heliograph_instance.slots[0].mode, MODE_CATCH);
  return 0;
}

int heliograph_open(size_t pipe_bytes) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_up_once);
  pthread_mutex_lock(&heliograph_instance.lock);
  int result = open_locked(pipe_bytes);
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}

static int close_locked(void) {
  if (!heliograph_instance.open)
    return -EBADF;
  heliograph_restore_all();
  atomic_store(&heliograph_instance.wants_short_slice, false);
  atomic_store(&heliograph_instance.reader, 0);
  struct slot *wake_up = &heliograph_instance.slots[0];
  atomic_store(&wake_up->mode, MODE_PASS);
  for (int signal = 0; signal <= MAX_SIGNAL; signal++)
    heliograph_await_writers(&heliograph_instance.slots[signal]);
  heliograph_senders_forget();
  heliograph_pipe_close();
  heliograph_instance.open = false;
  return 0;
}

int heliograph_close(void) {
  pthread_mutex_lock(&heliograph_instance.lock);
  int result = close_locked();
  pthread_mutex_unlock(&heliograph_instance.lock);
  return result;
}

int heliograph_wake(void) {
  struct slot *slot = &heliograph_instance.slots[0];
  atomic_fetch_add(&slot->writers, 1);
  bool open = atomic_load(&slot->mode) == MODE_CATCH;
  if (open)
    heliograph_write_wake_up();
  atomic_fetch_sub(&slot->writers, 1);
  return open ? 0 : -EBADF;
}
