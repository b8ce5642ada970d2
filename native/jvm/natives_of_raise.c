/* The natives of NativeRaise. JVMTI knows threads and exceptions as objects, so these do, too. */
#include "jvm/natives.h"
#include "raise/raise.h"

static jint JNICALL prepare(JNIEnv *env, jclass class, jclass frames, jboolean virtual_threads) {
  (void)class;
  return heliograph_raise_prepare(env, frames, virtual_threads == JNI_TRUE);
}

static jint JNICALL attempt(JNIEnv *env, jclass class, jthread thread, jthrowable what, jint how,
                            jlongArray place) {
  (void)class;
  jlong numbers[PLACE_NUMBERS];
  (*env)->GetLongArrayRegion(env, place, 0, PLACE_NUMBERS, numbers);
  if ((*env)->ExceptionCheck(env))
    return RAISE_RUNS;
  jint outcome = heliograph_raise_try(env, thread, what, how, numbers);
  (*env)->SetLongArrayRegion(env, place, 0, PLACE_NUMBERS, numbers);
  return outcome;
}

static jlong JNICALL cpu_time(JNIEnv *env, jclass class, jthread thread) {
  (void)class;
  return heliograph_raise_cpu_time(env, thread);
}

static void JNICALL flush(JNIEnv *env, jclass class) {
  (void)env, (void)class; /* when a native returns, the JVM throws what is pending */
}

static const JNINativeMethod methods[] = {
    {"prepare", "(Ljava/lang/Class;Z)I", (void *)prepare},
    {"attempt", "(Ljava/lang/Thread;Ljava/lang/Throwable;I[J)I", (void *)attempt},
    {"cpuTime", "(Ljava/lang/Thread;)J", (void *)cpu_time},
    {"flush", "()V", (void *)flush},
};

NATIVES_OF(heliograph_natives_of_raise, "NativeRaise");
