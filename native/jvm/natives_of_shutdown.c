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
OF_NOTHING(requested_by, heliograph_shutdown_requested_by)
OF_NOTHING(is_held, heliograph_shutdown_is_held)
OF_NOTHING(release, heliograph_shutdown_release)
OF_NOTHING(hold_end, heliograph_shutdown_hold_end)
OF_NOTHING(await_begin, heliograph_shutdown_await_begin)
OF_NOTHING(await_deadline, heliograph_shutdown_await_deadline)

static jint JNICALL on(JNIEnv *env, jclass class, jint signal, jlong within_ns, jlong hold_ns,
                       jboolean by_signal, jint status, jboolean ignores_second, jboolean is_left_to_app) {
  (void)env, (void)class;
  struct heliograph_shutdown_terms terms = {.within_ns = within_ns,
                                            .hold_ns = hold_ns,
                                            .by_signal = by_signal == JNI_TRUE,
                                            .status = status,
                                            .ignores_second = ignores_second == JNI_TRUE,
                                            .is_left_to_app = is_left_to_app == JNI_TRUE};
  return heliograph_shutdown_on(signal, &terms);
}

static jboolean JNICALL is_another_request(JNIEnv *env, jclass class, jint last, jlong last_ns,
                                           jboolean last_from_kernel, jint next, jlong next_ns,
                                           jboolean next_from_kernel) {
  (void)env, (void)class;
  struct heliograph_request before = {
      .signal = last, .arrived_ns = last_ns, .is_from_kernel = last_from_kernel == JNI_TRUE};
  struct heliograph_request after = {
      .signal = next, .arrived_ns = next_ns, .is_from_kernel = next_from_kernel == JNI_TRUE};
  return heliograph_is_another_request(&before, &after) ? JNI_TRUE : JNI_FALSE;
}

static jint JNICALL off(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  return heliograph_shutdown_off(signal);
}

static jlong JNICALL running_ns(JNIEnv *env, jclass class) {
  (void)env, (void)class;
  return heliograph_shutdown_running_ns();
}

static jint JNICALL pass_on(JNIEnv *env, jclass class, jint signal) {
  (void)env, (void)class;
  return heliograph_pass_on(signal);
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
    {"on", "(IJJZIZZ)I", (void *)on},
    {"isAnotherRequest", "(IJZIJZ)Z", (void *)is_another_request},
    {"off", "(I)I", (void *)off},
    {"requestedBy", "()I", (void *)requested_by},
    {"isHeld", "()I", (void *)is_held},
    {"release", "()I", (void *)release},
    {"holdEnd", "()I", (void *)hold_end},
    {"runningNanos", "()J", (void *)running_ns},
    {"awaitBegin", "()I", (void *)await_begin},
    {"awaitDeadline", "()I", (void *)await_deadline},
    {"passOn", "(I)I", (void *)pass_on},
    {"atWork", "(JI)I", (void *)at_work},
    {"told", "(Z)I", (void *)told},
    {"dieBy", "(I)I", (void *)die_by},
    {"hooks", "()Ljava/lang/Object;", (void *)hooks},
};

NATIVES_OF(heliograph_natives_of_shutdown, "NativeShutdown");
