#include "signal/slice.h"

#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* struct sched_attr of sched_setattr(2), first version. glibc has it since 2.41 only. */
struct scheduling {
  uint32_t size;
  uint32_t policy;
  uint64_t flags;
  int32_t nice;
  uint32_t priority;
  uint64_t runtime; /* under SCHED_OTHER since Linux 6.12: the slice; 0 is the usual one */
  uint64_t deadline;
  uint64_t period;
};

enum { RESET_ON_FORK = 1 }; /* SCHED_FLAG_RESET_ON_FORK */

/* The shortest that the kernel gives (__setparam_fair(), kernel/sched/syscalls.c). */
static const uint64_t short_slice_ns = UINT64_C(100000);

int heliograph_slice_of_thread(pid_t thread, bool is_short) {
  struct scheduling scheduling;
  if (syscall(SYS_sched_getattr, thread, &scheduling, sizeof scheduling, 0) != 0)
    return -errno;
  /* With a negative nice value, RESET_ON_FORK would change the nice value of the threads that it starts. */
  if (scheduling.policy != SCHED_OTHER || scheduling.nice < 0)
    return 0;
  scheduling.size = sizeof scheduling;
  scheduling.runtime = is_short ? short_slice_ns : 0;
  scheduling.flags |=
      RESET_ON_FORK; /* what it starts has the usual slice; only a privileged thread can clear the flag */
  return syscall(SYS_sched_setattr, thread, &scheduling, 0) == 0 ? 0 : -errno;
}
