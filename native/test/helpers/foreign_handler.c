/*
 * Somebody else's native library, in a Java program: it sets handlers by sigaction(2), which no call of ours
 * sees, and links nothing of ours. System.load() of it sets them for the signals whose numbers
 * HELIOGRAPH_TEST_FOREIGN names, if it does; and there are natives of
 * io.heliograph.programs.agent.HandlerApp. It needs no jni.h: the first two parameters are pointers that they
 * have no use for.
 */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#define JNI_VERSION 0x000a0000
#define EXPORTED __attribute__((visibility("default")))

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

static int put(int signal) {
  struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  sigemptyset(&action.sa_mask);
  return sigaction(signal, &action, &found[signal]);
}

EXPORTED int Java_io_heliograph_programs_agent_HandlerApp_putForeign(void *env, void *class, int signal) {
  (void)env, (void)class;
  return put(signal);
}

EXPORTED int Java_io_heliograph_programs_agent_HandlerApp_takeForeignAway(void *env, void *class,
                                                                          int signal) {
  (void)env, (void)class;
  return sigaction(signal, &found[signal], NULL);
}

EXPORTED int JNI_OnLoad(void *vm, void *reserved);

/* Fails if an argument is no number, so that a test cannot pass without it. */
int JNI_OnLoad(void *vm, void *reserved) {
  (void)vm, (void)reserved;
  const char *numbers = getenv("HELIOGRAPH_TEST_FOREIGN");
  while (numbers != NULL && *numbers != '\0') {
    char *end = NULL;
    long signal = strtol(numbers, &end, 10);
    if (end == numbers || signal < 1 || signal > 64 || put((int)signal) != 0)
      return -1;
    numbers = end;
  }
  return JNI_VERSION;
}
