/*
 * Somebody else's native library, in a Java program: it starts a child by vfork(2), which raises USR1 before
 * it would call exec, and prints what became of the child.
 */
#include <jni.h>
#include <signal.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  int status = 0;
  (void)vm, (void)reserved;
  pid_t child = vfork(); /* NOLINT: what this is about */
  if (child == 0) {
    syscall(SYS_tgkill, syscall(SYS_getpid), syscall(SYS_gettid), SIGUSR1); /* NOLINT: nothing else */
    _exit(0);
  }
  if (child < 0 || waitpid(child, &status, 0) != child)
    return JNI_ERR;
  printf("child signal %d\n", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
  return fflush(stdout) == 0 ? JNI_VERSION_10 : JNI_ERR;
}
