/*
 * Somebody else's native library, in a Java program: at the end of the JVM it waits until no thread of the
 * name is left that HELIOGRAPH_TEST_ENDS says, and tells so. Asked for later than ours, its event comes later
 * (JVMTI: callbacks come in the order of the environments). Then it raises the signal that
 * HELIOGRAPH_TEST_RAISES says, if any.
 */
#include <dirent.h>
#include <jvmti.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_name(const char *thread, const char *wanted) {
  char path[300];
  char name[32] = "";
  (void)snprintf(path, sizeof path, "/proc/self/task/%s/comm", thread);
  FILE *file = fopen(path, "re");
  if (file == NULL)
    return false;
  bool is_read = fgets(name, sizeof name, file) != NULL;
  (void)fclose(file);
  return is_read && strncmp(name, wanted, strlen(wanted)) == 0;
}

static bool has_thread(const char *wanted) {
  bool any = false;
  DIR *threads = opendir("/proc/self/task");
  if (threads == NULL)
    abort();
  for (struct dirent *thread = readdir(threads); thread != NULL; thread = readdir(threads))
    any |= has_name(thread->d_name, wanted);
  closedir(threads);
  return any;
}

static void JNICALL on_vm_death(jvmtiEnv *jvmti, JNIEnv *env) {
  static const char ended[] = "ended\n";
  const char *wanted = getenv("HELIOGRAPH_TEST_ENDS");
  const char *raised = getenv("HELIOGRAPH_TEST_RAISES");
  (void)jvmti, (void)env;
  while (wanted == NULL || has_thread(wanted))
    sched_yield();
  if (raised != NULL)
    (void)raise((int)strtol(raised, NULL, 10));
  if (write(STDOUT_FILENO, ended, sizeof ended - 1) < 0)
    abort();
}

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
  const jvmtiEventCallbacks callbacks = {.VMDeath = on_vm_death};
  jvmtiEnv *jvmti = NULL;
  const char *wanted = getenv("HELIOGRAPH_TEST_ENDS");
  (void)reserved;
  if (wanted == NULL || !has_thread(wanted)) /* else a test could pass without it */
    return JNI_ERR;
  if ((*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_11) != JNI_OK ||
      (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks) != JVMTI_ERROR_NONE ||
      (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_DEATH, NULL) != JVMTI_ERROR_NONE)
    return JNI_ERR;
  return JNI_VERSION_10;
}
