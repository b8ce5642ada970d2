/* slice_of TID: prints the time slice of a thread in nanoseconds, and whether what it starts has the usual
 * one ("reset"). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct sched_attr of sched_setattr(2), in its first version. */
struct scheduling {
  uint32_t size, policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime, deadline, period;
};

int main(int argc, char **argv) {
  struct scheduling scheduling;
  if (argc != 2) {
    (void)fprintf(stderr, "usage: slice_of TID\n");
    return 2;
  }
  if (syscall(SYS_sched_getattr, atoi(argv[1]), &scheduling, sizeof scheduling, 0) != 0) {
    perror("sched_getattr");
    return 1;
  }
  printf("%llu%s\n", (unsigned long long)scheduling.runtime, (scheduling.flags & 1) != 0 ? " reset" : "");
  return 0;
}
