#include "bench/outside.h"

#include "bench/bench.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct outside outside_map(const char *path) {
  struct stat status;
  int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0 || fstat(file, &status) != 0)
    bench_fail(path);
  if (status.st_size <= OUTSIDE_HEADER_BYTES)
    bench_wrong("%s has no room for a time: make it longer", path);
  char *start =
      mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, file, 0);
  if (start == MAP_FAILED)
    bench_fail(path);
  close(file);
  int64_t capacity = (status.st_size - OUTSIDE_HEADER_BYTES) / (2 * (int64_t)sizeof(int64_t));
  int64_t *times = (int64_t *)(void *)(start + OUTSIDE_HEADER_BYTES);
  return (struct outside){(_Atomic(int64_t) *)(void *)start, times, times + capacity, capacity};
}

void outside_note(const struct outside *outside, int64_t handled_at) {
  int64_t before = atomic_load_explicit(outside->handled, memory_order_relaxed);
  if (before < outside->capacity)
    outside->handled_at[before] = handled_at;
  atomic_store_explicit(outside->handled, before + 1, memory_order_release);
}

int outside_signal(const char *name, const char *usage) {
  if (strcmp(name, "USR1") == 0)
    return SIGUSR1;
  if (strcmp(name, "USR2") == 0)
    return SIGUSR2;
  fprintf(stderr, "usage: %s\n", usage);
  exit(64);
}
