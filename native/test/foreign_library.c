/*
 * A native library of somebody else's, for Java tests: System.load() of it puts a handler above whatever is
 * there for the signals whose numbers HELIOGRAPH_TEST_FOREIGN names. The handler chains, as well-behaved ones
 * do. It links nothing of ours and needs no jni.h.
 */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

#define JNI_VERSION 0x000a0000

int JNI_OnLoad(void *vm, void *reserved);

static struct sigaction before[65];

static void handle(int signal, siginfo_t *info, void *context) {
  const struct sigaction *action = &before[signal];
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN)
    return;
  if ((action->sa_flags & SA_SIGINFO) != 0)
    action->sa_sigaction(signal, info, context);
  else
    action->sa_handler(signal);
}

/* Fails where a number is none, so that a test cannot pass without it. */
int JNI_OnLoad(void *vm, void *reserved) {
  (void)vm, (void)reserved;
  const char *numbers = getenv("HELIOGRAPH_TEST_FOREIGN");
  while (numbers != NULL && *numbers != '\0') {
    char *end = NULL;
    long signal = strtol(numbers, &end, 10);
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    if (end == numbers || signal < 1 || signal > 64 || sigaction((int)signal, &action, &before[signal]) != 0)
      return -1;
    numbers = end;
  }
  return JNI_VERSION;
}
