#include "test/signal/run_time.h"

#include "test/support.h"

atomic_int own_calls;
atomic_int other_calls;
bool run_time_is_reduced;

static void own_handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  (void)context;
  atomic_fetch_add(&own_calls, 1);
}

void other_handler(int signal) {
  (void)signal;
  atomic_fetch_add(&other_calls, 1);
}

struct sigaction run_time_action(void *handler) {
  struct sigaction action = {.sa_flags = SA_RESTART | SA_SIGINFO};
  const int never[] = {SIGSEGV, SIGKILL, SIGSTOP}; /* the kernel blocks neither of the last two */
  sigfillset(&action.sa_mask);
  for (size_t i = 0; i < sizeof never / sizeof *never; i++)
    sigdelset(&action.sa_mask, never[i]);
  if (handler == (void *)OWN)
    action.sa_sigaction = own_handler;
  else
    action.sa_handler = (void (*)(int))handler;
  return action;
}

void *run_time_register(int signal, void *handler) {
  struct sigaction old;
  struct sigaction action = run_time_action(handler);
  bool ends = signal == SIGHUP || signal == SIGINT || signal == SIGTERM;
  if (signal == SIGQUIT || (ends && run_time_is_reduced))
    return (void *)REFUSED;
  if (ends && action_of(signal).sa_handler == SIG_IGN)
    return (void *)IGNORE;
  if (sigaction(signal, &action, &old) != 0)
    return (void *)REFUSED;
  return old.sa_sigaction == own_handler ? (void *)OWN : (void *)old.sa_handler;
}
