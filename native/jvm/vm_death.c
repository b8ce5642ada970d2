/*
 * At its end HotSpot waits for Java threads in native code, 300 ms at most
 * (VM_Exit::wait_for_threads_in_native_to_block(), vmOperations.cpp). A thread that sleeps in read(2) is one.
 * So this wakes ours, and they leave. All shutdown hooks have run by then (JVMTI, VMDeath).
 */
#include "jvm/vm_death.h"

#include "heliograph.h"
#include "heliograph_deadline.h"
#include "jvm/status_pipe.h"

#include <jvmti.h>
#include <stdatomic.h>

static atomic_bool is_dead;

static void JNICALL on_vm_death(jvmtiEnv *jvmti, JNIEnv *env) {
  (void)jvmti, (void)env;
  atomic_store(&is_dead, true);
  heliograph_wake();
  heliograph_status_pipe_wake();
  heliograph_shutdown_end_waits();
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
