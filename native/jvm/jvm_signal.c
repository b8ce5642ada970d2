#include "jvm/jvm_signal.h"

#include "heliograph.h"
#include "jvm/jvm_exit.h"
#include "jvm/libjvm.h"

#include <dlfcn.h>
#include <signal.h>
#include <stddef.h>

static heliograph_registrar register_signal; /* HotSpot's JVM_RegisterSignal */

/* libjsig's function, if it is preloaded (jsig.h). */
static struct sigaction *(*chained_by_libjsig)(int signal);

/*
 * With libjsig, HotSpot's own handlers (of PIPE and XFSZ among others) stay in place. libjsig keeps what is
 * registered for HotSpot to chain to, and never shows it to the kernel. So there is nothing to stay on top
 * of.
 */
static bool is_kept_by_libjsig(int signal) {
  return chained_by_libjsig != NULL && chained_by_libjsig(signal) != NULL;
}

/* jdk.internal.misc.Signal.handle0(int, long). The JDK lets one thread in at a time. */
static jlong JNICALL handle0(JNIEnv *env, jclass class, jint signal, jlong handler) {
  (void)env, (void)class;
  if (is_kept_by_libjsig(signal))
    return (jlong)(intptr_t)register_signal(signal, (void *)(intptr_t)handler);
  return heliograph_register(register_signal, signal, handler);
}

bool heliograph_bind_jvm_signal(JNIEnv *env) {
  heliograph_bind_jvm_exit(env);
  const JNINativeMethod method = {"handle0", "(IJ)J", (void *)handle0};
  register_signal = (heliograph_registrar)heliograph_symbol_of_libjvm(env, "JVM_RegisterSignal");
  chained_by_libjsig = (struct sigaction * (*)(int)) dlsym(RTLD_DEFAULT, "JVM_get_signal_action");
  if (register_signal == NULL)
    return false;
  jclass class = (*env)->FindClass(env, "jdk/internal/misc/Signal");
  bool bound = class != NULL && (*env)->RegisterNatives(env, class, &method, 1) == JNI_OK;
  if (!bound)
    (*env)->ExceptionClear(env);
  else
    (*env)->DeleteLocalRef(env, class);
  return bound;
}
