/* The short time slice of the thread that reads. */
#include "test/support.h"
#include "test/test.h"

#include <sched.h>
#include <sys/resource.h>
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

/* With a negative nice value, which the tests may have been started with, a thread is left as it is. */
__attribute__((constructor)) static void be_as_nice_as_usual(void) {
  if (getpriority(PRIO_PROCESS, 0) < 0)
    setpriority(PRIO_PROCESS, 0, 0);
}

enum { RESET_ON_FORK = 1 }; /* SCHED_FLAG_RESET_ON_FORK */

static struct scheduling scheduling_of(pid_t thread) {
  struct scheduling scheduling;
  CHECK_EQ(syscall(SYS_sched_getattr, thread, &scheduling, sizeof scheduling, 0), 0);
  return scheduling;
}

/* The slice that this kernel gives for a request of 100 microseconds: the usual one before Linux 6.12. */
static uint64_t short_slice(void) {
  struct scheduling before = scheduling_of(0);
  struct scheduling scheduling = before;
  scheduling.runtime = 100 * 1000;
  CHECK_EQ(syscall(SYS_sched_setattr, 0, &scheduling, 0), 0);
  uint64_t slice = scheduling_of(0).runtime;
  scheduling.runtime = 0;
  CHECK_EQ(syscall(SYS_sched_setattr, 0, &scheduling, 0), 0);
  CHECK_EQ(scheduling_of(0).runtime, before.runtime);
  return slice;
}

static void read_once(void) {
  CHECK_OK(heliograph_raise(SIGUSR1));
  read_one();
}

CASE(the_reader_has_a_short_slice_while_it_is_wanted) {
  uint64_t usual = scheduling_of(0).runtime;
  uint64_t wanted = short_slice();
  open_and_catch(0, SIGUSR1);
  read_once();
  CHECK_EQ(scheduling_of(0).runtime, usual);
  CHECK_OK(heliograph_set_short_slice(1));
  read_once();
  CHECK_EQ(scheduling_of(0).runtime, wanted);
  CHECK_EQ(scheduling_of(0).flags,
           RESET_ON_FORK); /* on a kernel before Linux 6.12, which has one slice for all, too */
  CHECK_OK(heliograph_set_short_slice(0));
  read_once();
  CHECK_EQ(scheduling_of(0).runtime, usual);
}

static void *check_usual(void *usual) {
  CHECK_EQ(scheduling_of(0).runtime, *(uint64_t *)usual);
  return NULL;
}

CASE(what_the_reader_starts_has_the_usual_slice) {
  uint64_t usual = scheduling_of(0).runtime;
  pthread_t thread;
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_short_slice(1));
  read_once();
  CHECK_EQ(pthread_create(&thread, NULL, check_usual, &usual), 0);
  CHECK_EQ(pthread_join(thread, NULL), 0);
  pid_t child = fork();
  if (child == 0) {
    check_usual(&usual);
    _exit(0);
  }
  check_exits_with_0(child);
}

CASE(another_scheduling_is_left_as_it_is) {
  const int priority = 0; /* struct sched_param; musl refuses sched_setscheduler(3) */
  CHECK_EQ(syscall(SYS_sched_setscheduler, 0, SCHED_BATCH, &priority), 0);
  struct scheduling before = scheduling_of(0);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_short_slice(1));
  read_once();
  CHECK_EQ(scheduling_of(0).policy, SCHED_BATCH);
  CHECK_EQ(scheduling_of(0).runtime, before.runtime);
  CHECK_EQ(scheduling_of(0).flags, before.flags);
}

CASE(a_thread_with_a_negative_nice_value_is_left_as_it_is) {
  struct scheduling before = scheduling_of(0);
  open_and_catch(0, SIGUSR1);
  if (setpriority(PRIO_PROCESS, 0, -5) != 0)
    CHECK_EQ(errno, EACCES); /* which only root may have */
  CHECK_OK(heliograph_set_short_slice(1));
  read_once();
  if (getpriority(PRIO_PROCESS, 0) < 0)
    CHECK_EQ(scheduling_of(0).flags, before.flags);
}

CASE(a_nice_value_stays) {
  CHECK_EQ(setpriority(PRIO_PROCESS, 0, 5), 0);
  open_and_catch(0, SIGUSR1);
  CHECK_OK(heliograph_set_short_slice(1));
  read_once();
  CHECK_EQ(scheduling_of(0).nice, 5);
}
