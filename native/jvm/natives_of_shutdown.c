/* The natives of NativeShutdown. */
#include "heliograph_deadline.h"
#include "jvm/natives.h"

#define HOOKS_CLASS "java/lang/ApplicationShutdownHooks"

/* A native that takes nothing. */
#define OF_NOTHING(native, function)                                                                         \
  static jint JNICALL native(JNIEnv *env, jclass class) {                                                    \
    (void)env, (void)class;                                                                                  \
    return function();                                                                                       \
  }

OF_NOTHING(open_shutdown, heliograph_shutdown_open)
OF_NOTHING(close_shutdown, heliograph_shutdown_close)
OF_NOTHING(begun_by, heliograph_shutdown_begun_by)
OF_NOTHING(await_begin, heliograph_shutdown_await_begin)
OF_NOTHING(await_deadline, heliograph_shutdown_await_deadline)

static jint JNICALL on(JNIEnv *env, jclass class, jint signal, jlong within_ns, jboolean by_signal) {
  (void)env, (void)class;
  return heliograph_shutdown_on(signal, within_ns, by_signal == JNI_TRUE);
}

static jint JNICALL off(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  return heliograph_shutdown_off(signal);
}

static jint JNICALL at_work(JNIEnv *env, jclass class, jlong text, jint length) {
  (void)env, (void)class;
  return heliograph_shutdown_at_work((const char *)(intptr_t)text, (size_t)length);
}

static jint JNICALL told(JNIEnv *env, jclass class, jboolean is_whole) {
  (void)env, (void)class;
  return heliograph_shutdown_told(is_whole == JNI_TRUE);
}

static jint JNICALL die_by(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  return heliograph_die_by(signal);
}

/*
 * The JDK keeps the hooks in a private field. JNI can read it; reflection could only with java.lang open to
 * the whole app. NULL if a JDK keeps them elsewhere, and after an exit has begun.
 */
static jobject JNICALL hooks(JNIEnv *env, jclass class) {
  (void)class;
  jclass holder = (*env)->FindClass(env, HOOKS_CLASS);
  jfieldID field =
      holder == NULL ? NULL : (*env)->GetStaticFieldID(env, holder, "hooks", "Ljava/util/IdentityHashMap;");
  jobject map = field == NULL ? NULL : (*env)->GetStaticObjectField(env, holder, field);
  if ((*env)->ExceptionCheck(env))
    (*env)->ExceptionClear(env);
  return map;
}

static const JNINativeMethod methods[] = {
    {"open", "()I", (void *)open_shutdown},
    {"close", "()I", (void *)close_shutdown},
    {"on", "(IJZ)I", (void *)on},
    {"off", "(I)I", (void *)off},
    {"begunBy", "()I", (void *)begun_by},
    {"awaitBegin", "()I", (void *)await_begin},
    {"awaitDeadline", "()I", (void *)await_deadline},
    {"atWork", "(JI)I", (void *)at_work},
    {"told", "(Z)I", (void *)told},
    {"dieBy", "(I)I", (void *)die_by},
    {"hooks", "()Ljava/lang/Object;", (void *)hooks},
};

NATIVES_OF(heliograph_natives_of_shutdown, "NativeShutdown");
