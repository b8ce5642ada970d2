#include "signal/handler/default_action.h"

#include "signal/libc_sigaction.h"
#include "signal/state.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

/* signal(7), "Standard signals": all others end or stop the process. */
bool heliograph_default_acts(int signal) {
  switch (signal) {
  case SIGCHLD:
  case SIGURG:
  case SIGWINCH:
  case SIGCONT: /* the kernel continues the process when the signal is sent, whatever its disposition */
    return false;
  default:
    return true;
  }
}

/* Sends the arrival to this thread once more, with its siginfo: rt_tgsigqueueinfo(2) lets a process forge its
 * own. */
static void send_again(int signal, siginfo_t *info) {
  pid_t process = getpid();
  pid_t thread = (pid_t)syscall(SYS_gettid);
  if (info == NULL || syscall(SYS_rt_tgsigqueueinfo, process, thread, signal, info) != 0)
    syscall(SYS_tgkill, process, thread, signal);
}

void heliograph_default_now(int signal, siginfo_t *info) {
  struct slot *slot = &heliograph_state.slots[signal];
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  struct sigaction standing;
  sigset_t only_this;
  sigset_t mask;
  sigemptyset(&by_default.sa_mask);
  atomic_fetch_add(&slot->defaults_begun, 1);
  if (heliograph_libc_sigaction(signal, &by_default, &standing) == 0) {
    send_again(signal, info);
    sigemptyset(&only_this);
    sigaddset(&only_this, signal);
    pthread_sigmask(SIG_UNBLOCK, &only_this, &mask); /* the default action happens here */
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    if (standing.sa_handler != SIG_DFL)
      heliograph_libc_sigaction(signal, &standing, NULL);
  }
  atomic_fetch_add(&slot->defaults_ended, 1);
}
