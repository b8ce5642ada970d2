/*
 * Which Java object the JDK calls for a signal: what sun.misc.Signal was given. It is kept in private fields,
 * which JNI reads where reflection may not. A JDK without these fields has nothing to tell: the answer is
 * NULL then, and nothing is thrown.
 */
#include "jvm_handlers.h"

/* Whatever a look-up that failed has left pending. */
static void *nothing(JNIEnv *env) {
  (*env)->ExceptionClear(env);
  return NULL;
}

/* The java.util.Hashtable from jdk.internal.misc.Signal to its Handler. */
jobject JNICALL heliograph_jvm_handlers(JNIEnv *env, jclass class) {
  (void)class;
  jclass signal = (*env)->FindClass(env, "jdk/internal/misc/Signal");
  if (signal == NULL)
    return nothing(env);
  jfieldID field = (*env)->GetStaticFieldID(env, signal, "handlers", "Ljava/util/Hashtable;");
  if (field == NULL)
    return nothing(env);
  return (*env)->GetStaticObjectField(env, signal, field);
}

/* The handler that sun.misc.Signal has wrapped; NULL where this one is no such wrapper. */
jobject JNICALL heliograph_wrapped_handler(JNIEnv *env, jclass class, jobject handler) {
  (void)class;
  jclass wrapper = (*env)->GetObjectClass(env, handler);
  jfieldID field = (*env)->GetFieldID(env, wrapper, "handler", "Lsun/misc/SignalHandler;");
  if (field == NULL)
    return nothing(env);
  return (*env)->GetObjectField(env, handler, field);
}
