/*
 * Somebody else's native library, in a Java program: it sets handlers by sigaction(2), which no call of ours
 * sees. The functions are the natives of io.heliograph.programs.HandlerApp, which needs no jni.h: the first
 * two parameters are pointers that they have no use for.
 */
#include <signal.h>
#include <stddef.h>

static struct sigaction found[65];

/* As a well-behaved library does: passes on to what it found. */
static void handle(int signal, siginfo_t *info, void *context) {
  const struct sigaction *action = &found[signal];
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN)
    return;
  if ((action->sa_flags & SA_SIGINFO) != 0)
    action->sa_sigaction(signal, info, context);
  else
    action->sa_handler(signal);
}

__attribute__((visibility("default"))) int
Java_io_heliograph_programs_HandlerApp_putForeign(void *env, void *class, int signal) {
  (void)env;
  (void)class;
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  return sigaction(signal, &action, &found[signal]);
}

__attribute__((visibility("default"))) int
Java_io_heliograph_programs_HandlerApp_takeForeignAway(void *env, void *class, int signal) {
  (void)env;
  (void)class;
  return sigaction(signal, &found[signal], NULL);
}
