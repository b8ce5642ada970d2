/*
 * Which Java object the JDK calls for a signal: the one that the app gave to sun.misc.Signal. The JDK keeps
 * it in private fields, which JNI can read and reflection cannot. In a JDK without these fields the answer is
 * NULL.
 */
#include "jvm/natives.h"

/* A look-up that failed leaves an exception pending. */
static void *nothing(JNIEnv *env) {
  (*env)->ExceptionClear(env);
  return NULL;
}

/* The java.util.Hashtable from jdk.internal.misc.Signal to its Handler. */
static jobject JNICALL jvm_handlers(JNIEnv *env, jclass class) {
  (void)class;
  jclass signal = (*env)->FindClass(env, "jdk/internal/misc/Signal");
  if (signal == NULL)
    return nothing(env);
  jfieldID field = (*env)->GetStaticFieldID(env, signal, "handlers", "Ljava/util/Hashtable;");
  if (field == NULL)
    return nothing(env);
  return (*env)->GetStaticObjectField(env, signal, field);
}

/* The handler that sun.misc.Signal has wrapped, or NULL. */
static jobject JNICALL wrapped_handler(JNIEnv *env, jclass class, jobject handler) {
  (void)class;
  jclass wrapper = (*env)->GetObjectClass(env, handler);
  jfieldID field = (*env)->GetFieldID(env, wrapper, "handler", "Lsun/misc/SignalHandler;");
  if (field == NULL)
    return nothing(env);
  return (*env)->GetObjectField(env, handler, field);
}

static const JNINativeMethod methods[] = {
    {"jvmHandlers", "()Ljava/lang/Object;", (void *)jvm_handlers},
    {"wrappedHandler", "(Ljava/lang/Object;)Ljava/lang/Object;", (void *)wrapped_handler},
};

NATIVES_OF(heliograph_natives_of_jdk, "Native");
