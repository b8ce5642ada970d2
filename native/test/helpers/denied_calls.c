#include "test/helpers/denied_calls.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static const struct {
  const char *name;
  unsigned number;
} calls[] = {
    {"pidfd_open", SYS_pidfd_open},
    {"pipe2", SYS_pipe2},
    {"pidfd_send_signal", SYS_pidfd_send_signal},
    {"rt_sigqueueinfo", SYS_rt_sigqueueinfo},
    {"waitid", SYS_waitid},
};

static bool deny_number(unsigned number, int error) {
  struct sock_filter code[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

bool deny_call(const char *name, int error) {
  for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
    if (strcmp(name, calls[i].name) == 0)
      return deny_number(calls[i].number, error);
  errno = ENOTSUP;
  return false;
}
