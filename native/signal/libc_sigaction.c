#include "signal/libc_sigaction.h"

#include <dlfcn.h>
#include <stddef.h>

typedef int (*sigaction_function)(int, const struct sigaction *, struct sigaction *);

static sigaction_function libc_sigaction = sigaction;

/*
 * The JDK's libjsig, if preloaded, answers 0 to a sigaction() for SIGQUIT and does nothing. It also hides our
 * handlers from the JVM's dispositions, which we chain to anyway. A handle of libc itself reaches past it.
 *
 * A sanitizer's interceptor must stay: it defers handlers that would interrupt the sanitizer's run-time.
 */
void heliograph_libc_sigaction_init(void) {
#ifndef HELIOGRAPH_PLAIN_SIGACTION
  void *libc = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
  if (libc == NULL)
    return; /* another C library than glibc: sigaction() as the linker found it */
  void *symbol = dlsym(libc, "sigaction");
  if (symbol != NULL)
    libc_sigaction = (sigaction_function)symbol;
  dlclose(libc);
#endif
}

int heliograph_libc_sigaction(int signal, const struct sigaction *action, struct sigaction *old) {
  return libc_sigaction(signal, action, old);
}
