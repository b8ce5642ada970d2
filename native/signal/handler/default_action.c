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

static void send_to_this_thread(int signal) {
  syscall(SYS_tgkill, getpid(), (pid_t)syscall(SYS_gettid), signal);
}

/* Sends the arrival to this thread once more, with its siginfo: rt_tgsigqueueinfo(2) lets a process forge its
 * own. */
static void send_again(int signal, siginfo_t *info) {
  pid_t thread = (pid_t)syscall(SYS_gettid);
  if (info == NULL || syscall(SYS_rt_tgsigqueueinfo, getpid(), thread, signal, info) != 0)
    send_to_this_thread(signal);
}

static void act(int signal, siginfo_t *info) {
  struct sigaction by_default = {.sa_handler = SIG_DFL};
  struct sigaction standing;
  sigset_t only_this;
  sigset_t mask;
  sigemptyset(&by_default.sa_mask);
  if (heliograph_libc_sigaction(signal, &by_default, &standing) != 0)
    return;
  send_again(signal, info);
  sigemptyset(&only_this);
  sigaddset(&only_this, signal);
  pthread_sigmask(SIG_UNBLOCK, &only_this, &mask); /* the default action happens here */
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  if (standing.sa_handler != SIG_DFL)
    heliograph_libc_sigaction(signal, &standing, NULL);
}

void heliograph_default_now(int signal, siginfo_t *info) {
  struct slot *slot = &heliograph_state.slots[signal];
  atomic_fetch_add(&slot->defaults_begun, 1);
  act(signal, info);
  atomic_fetch_add(&slot->defaults_ended, 1);
}

/* kcmp(2), which is 0 for the same. True as well if a seccomp filter denies it: the parent keeps its
 * disposition. */
static bool may_share_dispositions(void) {
  enum { SIGHAND = 4 }; /* KCMP_SIGHAND of <linux/kcmp.h>, which is not everywhere */
  return syscall(SYS_kcmp, atomic_load(&heliograph_state.process), getpid(), SIGHAND, 0, 0) <= 0;
}

void heliograph_default_now_in_child(int signal, siginfo_t *info) {
  bool stops = signal == SIGTSTP || signal == SIGTTIN || signal == SIGTTOU;
  if (may_share_dispositions())
    send_to_this_thread(stops ? SIGSTOP : SIGKILL);
  else
    act(signal, info);
}
