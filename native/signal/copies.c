#include "signal/copies.h"

#include <dlfcn.h>
#include <stddef.h>

/* The address at which the library with this symbol is loaded; NULL if it is in none. */
static void *base_of(const void *symbol) {
  Dl_info library;
  return dladdr(symbol, &library) == 0 ? NULL : library.dli_fbase;
}

/*
 * The library that holds another copy's handler has such a function, too. The loader finds a loaded library
 * by its name, even if the file is gone.
 */
heliograph_register_function heliograph_of_copy(const struct sigaction *action, const char *function) {
  Dl_info holder;
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN ||
      dladdr((void *)action->sa_sigaction, &holder) == 0 || holder.dli_fname == NULL ||
      holder.dli_fbase == base_of((void *)heliograph_of_copy))
    return NULL;
  void *library = dlopen(holder.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL)
    return NULL;
  void *found = dlsym(library, function);
  dlclose(library); /* a copy is never unmapped */
  /* dlsym() also searches what the library depends on, where another copy may be. */
  return found != NULL && base_of(found) == holder.dli_fbase ? (heliograph_register_function)found : NULL;
}
