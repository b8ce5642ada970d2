#include "signal/names.h"
#include "signal/state.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

int heliograph_send(pid_t pid, int signal) {
  return kill(pid, signal) == 0 ? 0 : -errno;
}

int heliograph_process_exists(pid_t pid) {
  return kill(pid, 0) == 0 || errno == EPERM;
}

int heliograph_queue(pid_t pid, int signal, int value) {
  return sigqueue(pid, signal, (union sigval){.sival_int = value}) == 0 ? 0 : -errno;
}

static bool is_blocked_here(int signal) {
  sigset_t mask;
  pthread_sigmask(SIG_BLOCK, NULL, &mask);
  return sigismember(&mask, signal) == 1;
}

/* Kept for each thread, because the system call costs. The child of a fork has another one. */
static pid_t this_thread(pid_t process) {
  static _Thread_local struct {
    pid_t process;
    pid_t thread;
  } self;
  if (self.process != process) {
    self.process = process;
    self.thread = (pid_t)syscall(SYS_gettid);
  }
  return self.thread;
}

int heliograph_raise(int signal) {
  if (!heliograph_is_signal(signal))
    return -EINVAL;
  pid_t process = getpid();
  /* If this thread blocks the signal, another may take it, but only if it is sent to the process (signal(7)).
   */
  if (is_blocked_here(signal) || atomic_load(&heliograph_state.slots[signal].is_private))
    return heliograph_send(process, signal);
  return syscall(SYS_tgkill, process, this_thread(process), signal) == 0 ? 0 : -errno;
}
