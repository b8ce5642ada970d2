#include "jvm/libjvm.h"

#include <dlfcn.h>
#include <stddef.h>

void *heliograph_symbol_of_libjvm(JNIEnv *env, const char *name) {
  Dl_info libjvm;
  void *symbol = dlsym(RTLD_DEFAULT, name);
  if (symbol != NULL || dladdr((void *)(*env)->GetVersion, &libjvm) == 0 || libjvm.dli_fname == NULL)
    return symbol;
  void *library = dlopen(libjvm.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
  if (library == NULL)
    return NULL;
  symbol = dlsym(library, name);
  dlclose(library);
  return symbol;
}
