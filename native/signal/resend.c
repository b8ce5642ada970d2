#include "signal/resend.h"

#include "signal/state.h"

#include <sys/ioctl.h>

/* The reverse of describe() in handler.c. */
static siginfo_t info_of(const struct heliograph_record *record) {
  siginfo_t info = {.si_signo = record->signal, .si_code = record->code};
  if (record->cause == HELIOGRAPH_TIMER_EXPIRED) {
    info.si_value.sival_int = record->value;
    info.si_overrun = record->status;
    return info;
  }
  if (record->cause == HELIOGRAPH_FROM_KERNEL)
    return info;
  info.si_pid = record->pid;
  info.si_uid = record->uid;
  if (record->cause == HELIOGRAPH_QUEUED)
    info.si_value.sival_int = record->value;
  else if (record->cause == HELIOGRAPH_CHILD_CHANGED)
    info.si_status = record->status;
  return info;
}

/* The kernel lets a process forge its own siginfo (rt_sigqueueinfo(2)). */
static void resend(const struct heliograph_record *record) {
  siginfo_t info = info_of(record);
  if (syscall(SYS_rt_sigqueueinfo, getpid(), record->signal, &info) != 0)
    (void)kill(getpid(), record->signal);
}

static bool is_in_pipe(void) {
  int bytes = 0;
  return ioctl(heliograph_state.read_fd, FIONREAD, &bytes) == 0 && bytes > 0;
}

/* A default action whose record was given out is due as well, until heliograph_run_default_action(). */
void heliograph_resend(void) {
  struct heliograph_record record;
  uint64_t due = atomic_load(&heliograph_state.defaults_due);
  while (is_in_pipe() && read(heliograph_state.read_fd, &record, sizeof record) == (ssize_t)sizeof record)
    if ((record.flags & (RECORD_CAUGHT | HELIOGRAPH_DEFAULT_DUE)) != 0)
      resend(&record);
  for (int signal = 1; signal <= MAX_SIGNAL; signal++)
    if ((due & signal_bit(signal)) != 0)
      (void)kill(getpid(), signal);
}
