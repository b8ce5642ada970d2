/* dlopen_host LIBRARY: opens the library as a JVM does, catches USR1, raises it and reads the record. */
#include "heliograph.h"

#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(int argc, char **argv) {
  void *library = argc == 2 ? dlopen(argv[1], RTLD_NOW) : NULL;
  if (library == NULL) {
    printf("refused: %s\n", argc == 2 ? dlerror() : "usage: dlopen_host LIBRARY");
    return 1;
  }
#define FIND(name)                                                                                           \
  __typeof__(&(heliograph_##name)) its_##name = (__typeof__(its_##name))dlsym(library, "heliograph_" #name)
  FIND(version);
  FIND(open);
  FIND(catch);
  FIND(raise);
  FIND(read);
  FIND(close);
  struct heliograph_record record = {0};
  if (its_open(0) != 0 || its_catch(SIGUSR1) != 0 || its_raise(SIGUSR1) != 0 || its_read(&record, 1) != 1 ||
      its_close() != 0) {
    printf("failed\n");
    return 1;
  }
  printf("version %s, signal %d, %s\n", its_version(), record.signal,
         record.pid == getpid() ? "of this process" : "of another process");
  return 0;
}
