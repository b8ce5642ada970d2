/*
 * At its end HotSpot waits for Java threads in native code, 300 ms at most
 * (VM_Exit::wait_for_threads_in_native_to_block(), vmOperations.cpp). A thread that sleeps in read(2) is one.
 * So this wakes ours, and they leave. All shutdown hooks have run by then (JVMTI, VMDeath).
 *
 * A C program that has made the JVM can destroy it and live on. The signals must then do again what they did
 * before us.
 */
#include "jvm/vm_death.h"

#include "heliograph.h"
#include "heliograph_deadline.h"
#include "heliograph_report.h"
#include "jvm/status_pipe.h"

#include <jvmti.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_bool is_dead;
static atomic_int reads;

/*
 * Whether DestroyJavaVM has been called. The thread that calls System.exit() is in Java code, and the JVM
 * then ends the process.
 */
static bool is_destroyed(jvmtiEnv *jvmti) {
  jint frames = 0;
  return (*jvmti)->GetFrameCount(jvmti, NULL, &frames) == JVMTI_ERROR_NONE && frames == 0;
}

/* The JDK's launcher destroys the JVM after main() and then ends the process. It sets this property. */
static bool is_of_launcher(jvmtiEnv *jvmti) {
  char *launcher = NULL;
  if ((*jvmti)->GetSystemProperty(jvmti, "sun.java.launcher", &launcher) != JVMTI_ERROR_NONE)
    return false;
  (*jvmti)->Deallocate(jvmti, (unsigned char *)launcher);
  return true;
}

/* First, so that the dispatcher blocks again what it has unblocked in its own thread: the host may block it.
 */
static void restore_dispositions(void) {
  for (int signal = 1; signal <= heliograph_max_signal(); signal++)
    (void)heliograph_restore(signal); /* refuses those that are never ours */
}

static void JNICALL on_vm_death(jvmtiEnv *jvmti, JNIEnv *env) {
  (void)env;
  bool process_lives_on = is_destroyed(jvmti) && !is_of_launcher(jvmti);
  if (process_lives_on) {
    heliograph_shutdown_abandon();
    restore_dispositions();
  }
  atomic_store(&is_dead, true);
  heliograph_report_step(HELIOGRAPH_REPORT_VM_STOPPED, 0, 0);
  heliograph_wake();
  heliograph_status_pipe_wake();
  heliograph_shutdown_end_waits();
  if (!process_lives_on)
    return;
  while (atomic_load(&reads) != 0) /* the dispatcher is awake: it is short */
    sched_yield();
  (void)heliograph_hand_back();
}

bool heliograph_vm_read_begins(void) {
  atomic_fetch_add(&reads, 1);
  if (!atomic_load(&is_dead))
    return true;
  heliograph_vm_read_ends();
  return false;
}

void heliograph_vm_read_ends(void) {
  atomic_fetch_sub(&reads, 1);
}

bool heliograph_vm_is_dead(void) {
  return atomic_load(&is_dead);
}

static bool ask_for_event(jvmtiEnv *jvmti) {
  const jvmtiEventCallbacks callbacks = {.VMDeath = on_vm_death};
  return (*jvmti)->SetEventCallbacks(jvmti, &callbacks, sizeof callbacks) == JVMTI_ERROR_NONE &&
         (*jvmti)->SetEventNotificationMode(jvmti, JVMTI_ENABLE, JVMTI_EVENT_VM_DEATH, NULL) ==
             JVMTI_ERROR_NONE;
}

void heliograph_await_vm_death(JNIEnv *env) {
  static atomic_bool is_asked;
  JavaVM *vm = NULL;
  jvmtiEnv *jvmti = NULL;
  if (atomic_exchange(&is_asked, true) || (*env)->GetJavaVM(env, &vm) != JNI_OK ||
      (*vm)->GetEnv(vm, (void **)&jvmti, JVMTI_VERSION_11) != JNI_OK)
    return;
  if (!ask_for_event(jvmti))
    (*jvmti)->DisposeEnvironment(jvmti);
}
