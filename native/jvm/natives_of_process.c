/* The natives of NativeProcess: the pipe that supervisors write to, and orders to supervisors. */
#include "heliograph.h"
#include "jvm/natives.h"
#include "jvm/status_pipe.h"
#include "jvm/vm_death.h"
#include "supervisor/protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* As NativeProcess.GONE. */
#define GONE INT32_MIN

/* Older headers have no name for it. */
#ifndef P_PIDFD
#define P_PIDFD 3
#endif

/* Since Linux 6.3. Without it, vm.memfd_noexec can make the kernel refuse to execute the file. */
#ifndef MFD_EXEC
#define MFD_EXEC 0x10U
#endif

static jint JNICALL open_pipe(JNIEnv *env, jclass class, jlong ends) {
  (void)env, (void)class;
  return heliograph_status_pipe_open((int *)(intptr_t)ends);
}

static jint JNICALL read_records(JNIEnv *env, jclass class, jint fd, jlong records, jint bytes) {
  (void)env, (void)class;
  ssize_t got;
  if (heliograph_vm_is_dead())
    return VM_IS_DEAD;
  do
    got = read(fd, (void *)(intptr_t)records, (size_t)bytes);
  while (got < 0 && errno == EINTR);
  return got < 0 ? -errno : (jint)got;
}

static jint JNICALL write_left(JNIEnv *env, jclass class, jint fd, jint id) {
  (void)env, (void)class;
  return heliograph_status_pipe_write_left(fd, id);
}

static jint write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t put = write(fd, bytes, length);
    if (put < 0 && errno != EINTR)
      return -errno;
    if (put > 0) {
      bytes += put;
      length -= (size_t)put;
    }
  }
  return 0;
}

/* The system call itself: glibc has memfd_create(2) since 2.27 only. */
static int memfd(unsigned flags) {
  return (int)syscall(SYS_memfd_create, "heliograph-supervisor", flags);
}

static jint JNICALL memory_file(JNIEnv *env, jclass class, jlong bytes, jint length) {
  (void)env, (void)class;
  int fd = memfd(MFD_CLOEXEC | MFD_EXEC);
  if (fd < 0 && errno == EINVAL)
    fd = memfd(MFD_CLOEXEC);
  if (fd < 0)
    return -errno;
  jint error = write_all(fd, (const char *)(intptr_t)bytes, (size_t)length);
  if (error == 0)
    return fd;
  close(fd);
  return error;
}

/* The path ends with a NUL. */
static jint JNICALL open_file(JNIEnv *env, jclass class, jlong path) {
  (void)env, (void)class;
  int fd = open((const char *)(intptr_t)path, O_RDONLY | O_CLOEXEC);
  return fd < 0 ? -errno : fd;
}

static jint JNICALL close_file(JNIEnv *env, jclass class, jint fd) {
  (void)env, (void)class;
  return close(fd) == 0 ? 0 : -errno;
}

/* A descriptor of the process. Unlike its pid, no other process gets it after its end. Linux 5.4. */
static jint JNICALL open_process(JNIEnv *env, jclass class, jint pid) {
  (void)env, (void)class;
  siginfo_t info;
  int fd = (int)syscall(SYS_pidfd_open, pid, 0);
  if (fd < 0)
    return errno == ESRCH ? GONE : -errno;
  /* Only the parent can wait for it. This leaves its status to a later wait. */
  if (waitid((idtype_t)P_PIDFD, (id_t)fd, &info, WEXITED | WNOHANG | WNOWAIT) == 0)
    return fd;
  jint error = errno == ECHILD ? GONE : -errno;
  close(fd);
  return error;
}

/* Whether kill(2) of the signal itself is an order: see take() in ../supervisor/supervise.c. */
static bool is_plain_order(int signal) {
  switch (signal) {
  case SIGKILL:
  case SIGSTOP:
  case SIGCHLD:
  case SIGCONT:
  case SUPERVISOR_FORCE:
    return false;
  default:
    return true;
  }
}

/*
 * Whether the pid is to serve after a send by the pidfd has failed: the kernel has no pidfds, or a seccomp
 * filter denies them, mostly with EPERM or ENOSYS. If EPERM is the kernel's own answer, kill(2) repeats it.
 * ECHILD says that the JDK has waited for the child: its pid may be another process's by now.
 */
static bool pid_serves(int fd, pid_t pid) {
  siginfo_t info;
  if (errno == ESRCH || errno == EAGAIN)
    return false;
  idtype_t kind = fd < 0 ? P_PID : (idtype_t)P_PIDFD;
  id_t id = fd < 0 ? (id_t)pid : (id_t)fd;
  if (waitid(kind, id, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD)
    return true;
  errno = ESRCH;
  return false;
}

/* Fails with EBADF without a pidfd. */
static int send_by_pidfd(int fd, int signal, const siginfo_t *info) {
  return (int)syscall(SYS_pidfd_send_signal, fd, signal, info, 0);
}

static int send_plain(int fd, pid_t pid, int signal) {
  if (send_by_pidfd(fd, signal, NULL) == 0)
    return 0;
  return pid_serves(fd, pid) ? kill(pid, signal) : -1;
}

static int send_with_value(int fd, pid_t pid, int signal, int value) {
  siginfo_t info = {.si_signo = signal, .si_code = SI_QUEUE};
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value.sival_int = value;
  if (send_by_pidfd(fd, signal, &info) == 0)
    return 0;
  return pid_serves(fd, pid) ? sigqueue(pid, signal, info.si_value) : -1;
}

/* A stopped supervisor handles no order. */
static void wake(int fd, pid_t pid) {
  (void)send_plain(fd, pid, SIGCONT);
}

/* A supervisor that has ended has no tree. */
static jint result_of(bool is_sent) {
  return is_sent || errno == ESRCH ? 0 : -errno;
}

/* The kernel always has room for a standard signal, but not for its value. A seccomp filter may deny
 * rt_sigqueueinfo(2). */
static jint JNICALL order(JNIEnv *env, jclass class, jint fd, jint supervisor, jint signal, jint flags) {
  (void)env, (void)class;
  if ((flags & SUPERVISOR_WAKE) != 0)
    wake(fd, supervisor);
  bool is_sent = send_with_value(fd, supervisor, SUPERVISOR_ORDER, signal | flags) == 0;
  if (!is_sent && errno != ESRCH && is_plain_order(signal))
    is_sent = send_plain(fd, supervisor, signal) == 0;
  return result_of(is_sent);
}

static jint JNICALL force(JNIEnv *env, jclass class, jint fd, jint supervisor) {
  (void)env, (void)class;
  wake(fd, supervisor);
  return result_of(send_plain(fd, supervisor, SUPERVISOR_FORCE) == 0);
}

/*
 * The next thread that unblocks a pending signal takes it (signal(7)), even if the thread that the kernel has
 * woken for it has had no processor yet. Handlers that run on other threads are waited for.
 */
static jint JNICALL take_pending(JNIEnv *env, jclass class) {
  sigset_t all;
  sigset_t mask;
  (void)env, (void)class;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, &mask);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  for (int signal = 1; signal <= SIGRTMAX; signal++)
    (void)heliograph_wait_for_handlers(signal);
  return 0;
}

static jint JNICALL not_permitted(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return -EPERM;
}

static const JNINativeMethod methods[] = {
    {"openPipe", "(J)I", (void *)open_pipe},
    {"read", "(IJI)I", (void *)read_records},
    {"writeLeft", "(II)I", (void *)write_left},
    {"memoryFile", "(JI)I", (void *)memory_file},
    {"openFile", "(J)I", (void *)open_file},
    {"close", "(I)I", (void *)close_file},
    {"openProcess", "(I)I", (void *)open_process},
    {"order", "(IIII)I", (void *)order},
    {"force", "(II)I", (void *)force},
    {"takePending", "()I", (void *)take_pending},
    {"notPermitted", "()I", (void *)not_permitted},
};

NATIVES_OF(heliograph_natives_of_process, "NativeProcess");
