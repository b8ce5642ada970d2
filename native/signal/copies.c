#include "signal/copies.h"

#include "signal/handler/handler.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

/* The address at which the library with this symbol is loaded; NULL if it is in none. */
static void *base_of(const void *symbol) {
  Dl_info library;
  return dladdr(symbol, &library) == 0 ? NULL : library.dli_fbase;
}

/* NULL if the library at that base has other code at the place where ours has this function. */
static void *at_same_place(void *base, const void *function) {
  enum { CODE = 64 };
  char *there = (char *)base + ((const char *)function - (const char *)base_of(function));
  return base != NULL && base_of(there) == base && memcmp(there, function, CODE) == 0 ? there : NULL;
}

/* musl's loader needs the file for RTLD_NOLOAD. Where that is gone, a copy of another build is not found. */
static heliograph_register_function of_same_build(void *base, const struct sigaction *action,
                                                  heliograph_register_function ours) {
  if (at_same_place(base, (void *)heliograph_on_signal) != (void *)action->sa_sigaction)
    return NULL;
  return (heliograph_register_function)at_same_place(base, (void *)ours);
}

/*
 * The library that holds another copy's handler has such a function, too. glibc's loader finds a loaded
 * library by its name, even if the file is gone.
 */
heliograph_register_function heliograph_of_copy(const struct sigaction *action, const char *function,
                                                heliograph_register_function ours) {
  Dl_info holder;
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN ||
      dladdr((void *)action->sa_sigaction, &holder) == 0 || holder.dli_fname == NULL ||
      holder.dli_fbase == base_of((void *)heliograph_of_copy))
    return NULL;
  void *library = dlopen(holder.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL)
    return of_same_build(holder.dli_fbase, action, ours);
  void *found = dlsym(library, function);
  dlclose(library); /* a copy is never unmapped */
  /* dlsym() also searches what the library depends on, where another copy may be. */
  return found != NULL && base_of(found) == holder.dli_fbase ? (heliograph_register_function)found : NULL;
}
