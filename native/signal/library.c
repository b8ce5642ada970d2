/* Opens and closes the library, and takes it out of the child of a fork. */
#include "signal/disposition.h"
#include "signal/handler/hooks.h"
#include "signal/handler/proc_file.h"
#include "signal/libc_sigaction.h"
#include "signal/lineage.h"
#include "signal/pipe.h"
#include "signal/reader.h"
#include "signal/resend.h"

#include <errno.h>

/* Under state.lock, which is held from before_fork() to after_fork(). */
static sigset_t mask_before_fork;

const char *heliograph_version(void) {
  return HELIOGRAPH_VERSION;
}

/* In the child, no handler may run before the dispositions are restored: it would write into the parent's
 * pipe. */
static void before_fork(void) {
  sigset_t all;
  pthread_mutex_lock(&heliograph_state.lock);
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &mask_before_fork);
}

static void after_fork(void) {
  sigset_t mask = mask_before_fork;
  pthread_mutex_unlock(&heliograph_state.lock);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
}

/* The parent's other threads are not in the child, so nothing of theirs is waited for. */
static void forget_other_threads(void) {
  for (int signal = 0; signal <= MAX_SIGNAL; signal++) {
    struct slot *slot = &heliograph_state.slots[signal];
    atomic_store(&slot->writers, 0);
    atomic_store(&slot->defaults_ended, atomic_load(&slot->defaults_begun));
  }
}

/* The child has the parent's handlers, and a pipe whose other end is the parent's. It starts without both. */
static void after_fork_in_child(void) {
  forget_other_threads();
  atomic_store(&heliograph_state.process, getpid());
  if (heliograph_state.open) {
    atomic_store(&heliograph_state.slots[0].mode, MODE_PASS);
    heliograph_restore_all();
    heliograph_pipe_close();
    heliograph_state.open = false;
  }
  heliograph_senders_forget();
  heliograph_proc_forget();
  void (*forked)(void) = heliograph_hooks.forked;
  if (forked != NULL)
    forked();
  after_fork();
}

static void set_up_once(void) {
  heliograph_libc_sigaction_init();
  pthread_atfork(before_fork, after_fork, after_fork_in_child);
}

static void reset_counts(void) {
  atomic_store(&heliograph_state.lost, 0);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++) {
    struct slot *slot = &heliograph_state.slots[signal];
    atomic_store(&slot->arrived, 0);
    atomic_store(&slot->lost, 0);
    atomic_store(&slot->dispatched, 0);
  }
  atomic_store(&heliograph_state.defaults_due, 0);
}

static int open_locked(size_t pipe_bytes) {
  if (heliograph_state.open)
    return -EALREADY;
  int error = heliograph_pipe_open(pipe_bytes);
  if (error != 0)
    return error;
  reset_counts();
  heliograph_reader_begin();
  heliograph_state.first_queued = SIGRTMIN;
  atomic_store(&heliograph_state.process, getpid());
  heliograph_state.open = true;
  atomic_store(&heliograph_state.slots[0].mode, MODE_CATCH);
  return 0;
}

int heliograph_open(size_t pipe_bytes) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, set_up_once);
  pthread_mutex_lock(&heliograph_state.lock);
  int result = open_locked(pipe_bytes);
  pthread_mutex_unlock(&heliograph_state.lock);
  return result;
}

static int close_locked(bool resends) {
  if (!heliograph_state.open)
    return -EBADF;
  heliograph_restore_all();
  atomic_store(&heliograph_state.slots[0].mode, MODE_PASS);
  for (int signal = 0; signal <= MAX_SIGNAL; signal++)
    heliograph_await_writers(&heliograph_state.slots[signal]);
  if (resends)
    heliograph_resend();
  heliograph_reader_end();
  heliograph_senders_forget();
  heliograph_pipe_close();
  heliograph_state.open = false;
  return 0;
}

static int close_now(bool resends) {
  pthread_mutex_lock(&heliograph_state.lock);
  int result = close_locked(resends);
  pthread_mutex_unlock(&heliograph_state.lock);
  return result;
}

int heliograph_close(void) {
  return close_now(false);
}

int heliograph_hand_back(void) {
  return close_now(true);
}
