/* What the raise needs of the JVM: the tool interface with its capabilities, classes and members. */
#include "raise/raise.h"

#include <string.h>

/* From the jvmti.h of Java 21. The build may have an older one. */
#define TOOLS_VERSION_21 0x30150000
#define VIRTUAL_THREADS_BIT 44

struct heliograph_raiser heliograph_raiser;

static jvmtiError add_capabilities(jvmtiEnv *jvmti, bool virtual_threads) {
  jvmtiCapabilities wanted;
  memset(&wanted, 0, sizeof wanted);
  wanted.can_signal_thread = 1;
  wanted.can_suspend = 1;
  wanted.can_get_bytecodes = 1;
  wanted.can_get_constant_pool = 1;
  wanted.can_get_line_numbers = 1;
  wanted.can_get_source_file_name = 1;
  wanted.can_get_thread_cpu_time = 1;
  if (virtual_threads)
    ((unsigned char *)&wanted)[VIRTUAL_THREADS_BIT / 8] |= 1U << (VIRTUAL_THREADS_BIT % 8);
  return (*jvmti)->AddCapabilities(jvmti, &wanted);
}

/* It lives as long as the process, as the code does. */
static jobject global(JNIEnv *env, jobject local) {
  jobject kept = local == NULL ? NULL : (*env)->NewGlobalRef(env, local);
  if (local != NULL)
    (*env)->DeleteLocalRef(env, local);
  return kept;
}

static jobject platform_loader(JNIEnv *env) {
  jclass class = (*env)->FindClass(env, "java/lang/ClassLoader");
  jmethodID method = class == NULL ? NULL
                                   : (*env)->GetStaticMethodID(env, class, "getPlatformClassLoader",
                                                               "()Ljava/lang/ClassLoader;");
  if (method == NULL)
    return NULL;
  jobject loader = (*env)->CallStaticObjectMethod(env, class, method);
  return (*env)->ExceptionCheck(env) ? NULL : global(env, loader);
}

/* False with an exception pending. */
static bool find_members(JNIEnv *env, jclass frames, struct heliograph_raiser *found) {
  const char *calls = "(Ljava/util/concurrent/Callable;)Ljava/lang/Object;";
  found->platform_loader = platform_loader(env);
  if (found->platform_loader == NULL)
    return false;
  found->body = (*env)->GetStaticMethodID(env, frames, "body", calls);
  found->unbroken = found->body == NULL ? NULL : (*env)->GetStaticMethodID(env, frames, "unbroken", calls);
  if (found->unbroken == NULL)
    return false;
  jclass throwable = (*env)->FindClass(env, "java/lang/Throwable");
  found->element =
      throwable == NULL ? NULL : global(env, (*env)->FindClass(env, "java/lang/StackTraceElement"));
  if (found->element == NULL)
    return false;
  found->new_element = (*env)->GetMethodID(env, found->element, "<init>",
                                           "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;I)V");
  found->set_trace = found->new_element == NULL ? NULL
                                                : (*env)->GetMethodID(env, throwable, "setStackTrace",
                                                                      "([Ljava/lang/StackTraceElement;)V");
  jclass thread = found->set_trace == NULL ? NULL : (*env)->FindClass(env, "java/lang/Thread");
  if (thread == NULL)
    return false;
  found->interrupted = (*env)->GetFieldID(env, thread, "interrupted", "Z");
  if (found->interrupted == NULL)
    (*env)->ExceptionClear(env);
  found->virtual_thread = global(env, (*env)->FindClass(env, "java/lang/BaseVirtualThread"));
  (*env)->ExceptionClear(env);
  return true;
}

/*
 * Our classes have the package of `frames`, whose name is PACKAGE/internal/raise/StackMarkers: a build of the
 * app may have changed it (shading).
 */
static bool find_ours(struct heliograph_raiser *made, jclass frames) {
  jvmtiEnv *jvmti = made->jvmti;
  if ((*jvmti)->GetClassSignature(jvmti, frames, &made->ours, NULL) != JVMTI_ERROR_NONE)
    return false;
  char *rest = strstr(made->ours, "internal/raise/");
  if (rest != NULL)
    *rest = '\0';
  return rest != NULL;
}

static jint take_tools(JNIEnv *env, struct heliograph_raiser *made, jclass frames, bool virtual_threads) {
  JavaVM *vm = NULL;
  if ((*env)->GetJavaVM(env, &vm) != JNI_OK)
    return RAISE_UNKNOWN;
  if ((*vm)->GetEnv(vm, (void **)&made->jvmti, TOOLS_VERSION_21) != JNI_OK &&
      (*vm)->GetEnv(vm, (void **)&made->jvmti, JVMTI_VERSION_11) != JNI_OK)
    return RAISE_UNKNOWN;
  if (add_capabilities(made->jvmti, virtual_threads) == JVMTI_ERROR_NONE && find_ours(made, frames))
    return RAISE_READY;
  (*made->jvmti)->DisposeEnvironment(made->jvmti);
  return RAISE_REFUSED;
}

static jint first_prepare(JNIEnv *env, jclass frames, bool virtual_threads) {
  struct heliograph_raiser made;
  memset(&made, 0, sizeof made);
  jint ready =
      find_members(env, frames, &made) ? take_tools(env, &made, frames, virtual_threads) : RAISE_UNKNOWN;
  if (ready == RAISE_READY) {
    heliograph_raiser = made;
    return ready;
  }
  if (made.platform_loader != NULL)
    (*env)->DeleteGlobalRef(env, made.platform_loader);
  if (made.element != NULL)
    (*env)->DeleteGlobalRef(env, made.element);
  if (made.virtual_thread != NULL)
    (*env)->DeleteGlobalRef(env, made.virtual_thread);
  return ready;
}

jint heliograph_raise_prepare(JNIEnv *env, jclass frames, bool virtual_threads) {
  if (heliograph_raiser.jvmti == NULL)
    return first_prepare(env, frames, virtual_threads);
  if (!virtual_threads)
    return RAISE_READY;
  return add_capabilities(heliograph_raiser.jvmti, true) == JVMTI_ERROR_NONE ? RAISE_READY : RAISE_UNKNOWN;
}

/*
 * A virtual thread has no processor time of its own. The JVM must not be asked for it while the thread runs:
 * Java 25 then follows the carrier's continuations, which may end meanwhile (SIGSEGV in
 * Continuation::is_continuation_mounted).
 */
jlong heliograph_raise_cpu_time(JNIEnv *env, jthread thread) {
  jclass virtual_thread = heliograph_raiser.virtual_thread;
  jlong nanos = -1;
  if (virtual_thread != NULL && (*env)->IsInstanceOf(env, thread, virtual_thread))
    return -1;
  if ((*heliograph_raiser.jvmti)->GetThreadCpuTime(heliograph_raiser.jvmti, thread, &nanos) !=
      JVMTI_ERROR_NONE)
    return -1;
  return nanos;
}
