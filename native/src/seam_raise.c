/*
 * The part of the seam that raises exceptions in threads: see seam.c for its rules. Thread and exception are
 * objects, since the JVM's tool interface knows them by nothing else.
 */
#include "seam_raise.h"

#include "raise.h"

#define NATIVE_CLASS "io/heliograph/internal/seam/NativeRaise"

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
  (void)env, (void)class;
  return heliograph_raise_cpu_time(thread);
}

static void JNICALL flush(JNIEnv *env, jclass class) {
  (void)env, (void)class; /* the JVM throws what is pending when a native returns */
}

static const JNINativeMethod natives[] = {
    {"prepare", "(Ljava/lang/Class;Z)I", (void *)prepare},
    {"attempt", "(Ljava/lang/Thread;Ljava/lang/Throwable;I[J)I", (void *)attempt},
    {"cpuTime", "(Ljava/lang/Thread;)J", (void *)cpu_time},
    {"flush", "()V", (void *)flush},
};

jint heliograph_register_raise_natives(JNIEnv *env) {
  jclass class = (*env)->FindClass(env, NATIVE_CLASS);
  if (class == NULL)
    return JNI_ERR;
  return (*env)->RegisterNatives(env, class, natives, sizeof natives / sizeof *natives) == JNI_OK ? JNI_OK
                                                                                                  : JNI_ERR;
}
