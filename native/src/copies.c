#include "copies.h"

#include "disposition.h"

#include <dlfcn.h>
#include <stddef.h>

/*
 * A handler lies in a library; if that has such a function too, it is a copy of this one. The loader finds a
 * library that it has loaded by its name, also where the file is gone.
 */
heliograph_register_function heliograph_of_copy(const struct sigaction *action, const char *function) {
  Dl_info holder;
  if (action->sa_handler == SIG_DFL || action->sa_handler == SIG_IGN || heliograph_is_ours(action) ||
      dladdr((void *)action->sa_sigaction, &holder) == 0 || holder.dli_fname == NULL)
    return NULL;
  void *library = dlopen(holder.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL)
    return NULL;
  heliograph_register_function found = (heliograph_register_function)dlsym(library, function);
  dlclose(library); /* it stays: copies are never unmapped */
  if (found == heliograph_register || found == heliograph_register_beneath)
    return NULL; /* another function of ours */
  /* The search goes on in what the library depends on, where another's copy may be. */
  Dl_info finder;
  if (found != NULL && (dladdr((void *)found, &finder) == 0 || finder.dli_fbase != holder.dli_fbase))
    return NULL;
  return found;
}
