#include "jvm/jvm_exit.h"

#include "deadline/exit_by_signal.h"
#include "heliograph_deadline.h"
#include "jvm/libjvm.h"

static void (*jvm_halt)(jint status); /* HotSpot's JVM_Halt, which calls exit(3) */

/* java.lang.Shutdown.halt0(int). */
static void JNICALL halt0(JNIEnv *env, jclass class, jint status) {
  (void)env, (void)class;
  heliograph_will_exit(status);
  jvm_halt(status);
}

void heliograph_bind_jvm_exit(JNIEnv *env) {
  const JNINativeMethod method = {"halt0", "(I)V", (void *)halt0};
  if (heliograph_knows_exit_status())
    return;
  jvm_halt = (void (*)(jint))heliograph_symbol_of_libjvm(env, "JVM_Halt");
  if (jvm_halt == NULL)
    return;
  jclass class = (*env)->FindClass(env, "java/lang/Shutdown");
  if (class == NULL || (*env)->RegisterNatives(env, class, &method, 1) != JNI_OK)
    (*env)->ExceptionClear(env);
  else
    (*env)->DeleteLocalRef(env, class);
}
